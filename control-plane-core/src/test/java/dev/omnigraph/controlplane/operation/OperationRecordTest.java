package dev.omnigraph.controlplane.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperationRecordTest {

    @Test
    void aRunKeepsWhatWasKnownBefore() {
        OperationRecord ended = OperationSamples.failed(1);

        assertThat(ended.life().startedAt()).contains(OperationSamples.BEGUN);
        assertThat(ended.trace().sidecars()).containsExactly(OperationSamples.id(900));
        assertThat(ended.submission()).isEqualTo(OperationSamples.queued(1).submission());
    }

    @Test
    void onlyAQueuedOperationBegins() {
        assertThatIllegalStateException()
                .isThrownBy(() -> OperationSamples.running(1).started(OperationSamples.BEGUN))
                .withMessageContaining("is running and cannot begin");
        assertThatIllegalStateException()
                .isThrownBy(() -> OperationSamples.cancelledInQueue(1).started(OperationSamples.BEGUN));
    }

    @Test
    void onlyARunningOperationLeavesTraces() {
        assertThatIllegalStateException()
                .isThrownBy(() -> OperationSamples.queued(1).traced(OperationTrace.empty()));
        assertThatIllegalStateException()
                .isThrownBy(() -> OperationSamples.failed(1).traced(OperationTrace.empty()));
    }

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "FAILED", "CANCELLED", "INTERRUPTED"})
    void nothingLeavesAFinalState(OperationState state) {
        OperationRecord over = OperationSamples.running(1).ended(OperationSamples.FINISHED, ending(state));

        assertThatIllegalStateException()
                .isThrownBy(() -> over.ended(OperationSamples.FINISHED, OperationEnding.cancelledInQueue()));
    }

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "FAILED", "CANCELLED", "INTERRUPTED"})
    void whatNeverBeganNeitherSucceedsNorFails(OperationState state) {
        OperationRecord queued = OperationSamples.queued(1);

        if (state == OperationState.CANCELLED || state == OperationState.INTERRUPTED) {
            assertThat(queued.ended(OperationSamples.FINISHED, ending(state))
                            .life()
                            .startedAt())
                    .isEmpty();
        } else {
            assertThatIllegalStateException().isThrownBy(() -> queued.ended(OperationSamples.FINISHED, ending(state)));
        }
    }

    @Test
    void anEndingIsFinalAndAFailureSaysWhy() {
        assertThatIllegalArgumentException().isThrownBy(() -> ending(OperationState.RUNNING));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OperationEnding(
                        OperationState.FAILED,
                        OperationOutcome.FAILED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static OperationEnding ending(OperationState state) {
        return new OperationEnding(
                state,
                OperationOutcome.FAILED,
                Optional.empty(),
                Optional.of(OperationProblem.of(DiagnosticCode.STORAGE_UNAVAILABLE, "no answer")),
                Optional.empty());
    }
}
