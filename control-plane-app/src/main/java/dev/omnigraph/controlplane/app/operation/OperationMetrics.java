package dev.omnigraph.controlplane.app.operation;

import dev.omnigraph.controlplane.operation.OperationLife;
import dev.omnigraph.controlplane.operation.OperationRecord;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/**
 * Counts the operations that end in this process, by command and outcome, with their time from acceptance to end. Labels
 * come from closed lists: nothing that a client sends becomes one.
 */
public final class OperationMetrics implements OperationListener {

    private static final String NAME = "control_plane.operations";

    private final MeterRegistry registry;

    public OperationMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void changed(OperationRecord operation) {
        operation
                .ended()
                .ifPresent(ended -> registry.timer(
                                NAME,
                                "command",
                                operation.submission().command(),
                                "outcome",
                                ended.ending().outcome().wire())
                        .record(taken(operation, ended)));
    }

    /** Clocks are set back at times. */
    private static Duration taken(OperationRecord operation, OperationLife.Ended ended) {
        Duration taken = Duration.between(operation.submission().submittedAt(), ended.finishedAt());
        return taken.isNegative() ? Duration.ZERO : taken;
    }
}
