package dev.omnigraph.controlplane.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.graph.SchemaLock;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which lock branches an ended operation is known to have left. */
class LockBranchesTest {

    private static final Instant NOTED = Instant.parse("2026-11-25T10:00:01.7Z");
    private static final Instant MADE = Instant.parse("2026-11-25T10:00:02Z");
    private static final SchemaLock BRANCH = new SchemaLock(MADE, 7);

    private final OperationStore operations = new OperationStore(new MemoryObjectStore());
    private final LockBranches branches = new LockBranches(operations);

    @ParameterizedTest
    @CsvSource({
        // graph, version, created at, is it the one that was made
        "people, 7, 2026-11-25T10:00:02Z, true",
        "people, 7, 2026-11-25T10:00:03Z, false",
        "people, 8, 2026-11-25T10:00:02Z, false",
        "scratch, 7, 2026-11-25T10:00:02Z, false"
    })
    void aNotedTimeOfCreationHasToBeExactlyThat(String graph, long version, Instant createdAt, boolean ours) {
        interrupted(1, trace -> planned(trace).withLockBranchMade("people", BRANCH));

        assertThat(branches.areLeftByEnded(graph, new SchemaLock(createdAt, version)))
                .isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-25T10:00:01Z, true", "2026-11-25T10:00:09Z, true", "2026-11-25T10:00:00Z, false"})
    void withoutOneItMustNotBeOlderThanTheAnnouncement(Instant createdAt, boolean ours) {
        interrupted(1, LockBranchesTest::planned);

        assertThat(branches.areLeftByEnded("people", new SchemaLock(createdAt, 7)))
                .isEqualTo(ours);
    }

    @Test
    void oneOfARunningOperationIsNotLeft() {
        operations.create(OperationSamples.running(1).traced(planned(OperationTrace.empty())));

        assertThat(branches.areLeftByEnded("people", BRANCH)).isFalse();
    }

    @Test
    void oneThatWasRemovedByALaterOperationSaysNothingOfTheNextAtThatVersion() {
        interrupted(1, LockBranchesTest::planned);
        interrupted(2, trace -> trace.withLockBranchGone("people", BRANCH, MADE.plusSeconds(60)));

        assertThat(branches.areLeftByEnded("people", new SchemaLock(MADE.plusSeconds(90), 7)))
                .isFalse();
    }

    private static OperationTrace planned(OperationTrace trace) {
        return trace.withLockBranchPlanned("people", 7, NOTED);
    }

    private void interrupted(int number, UnaryOperator<OperationTrace> notes) {
        OperationEnding ending = OperationEnding.interrupted(new OperationProblem("internal_error", 500, "died", "-"));
        operations.create(OperationSamples.queued(number)
                .started(OperationSamples.BEGUN)
                .traced(notes.apply(OperationTrace.empty()))
                .ended(OperationSamples.FINISHED, ending));
    }
}
