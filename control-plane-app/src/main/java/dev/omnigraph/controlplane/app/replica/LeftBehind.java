package dev.omnigraph.controlplane.app.replica;

import dev.omnigraph.controlplane.instance.InstanceWatch;
import dev.omnigraph.controlplane.operation.InterruptedOperations;
import dev.omnigraph.controlplane.operation.OperationOwner;
import dev.omnigraph.controlplane.operation.OperationStore;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what became of the operations of processes that fell silent: interrupted. Their owners, should they only have been
 * slow, find that before their next step and stop.
 */
public final class LeftBehind implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LeftBehind.class);

    private final OperationOwner self;
    private final InstanceWatch others;
    private final InterruptedOperations operations;
    private final InstantSource clock;

    public LeftBehind(OperationOwner self, InstanceWatch others, OperationStore operations, InstantSource clock) {
        this.self = self;
        this.others = others;
        this.operations = new InterruptedOperations(operations);
        this.clock = clock;
    }

    /** Costs nothing while nobody fell silent. What the store does not take now is tried again by the next command. */
    @Override
    public void run() {
        List<OperationOwner> silent = others.fallenSilent(self);
        if (silent.isEmpty()) {
            return;
        }
        InterruptedOperations.Outcome outcome = operations.mark(silent::contains, clock.instant());
        if (outcome instanceof InterruptedOperations.Outcome.Marked marked) {
            others.acknowledge(silent);
            marked.ids().forEach(id -> LOG.warn("operation {} was left unfinished by a process that is gone", id));
        } else {
            LOG.warn(
                    "what processes left unfinished that are gone could not be written: {}",
                    ((InterruptedOperations.Outcome.Unavailable) outcome).reason());
        }
    }
}
