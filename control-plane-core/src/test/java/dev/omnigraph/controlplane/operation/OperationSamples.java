package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.graph.SchemaLock;
import dev.omnigraph.controlplane.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Records in each part of an operation's life. */
final class OperationSamples {

    static final Instant SUBMITTED = Instant.parse("2026-11-25T10:00:00.25Z");
    static final Instant BEGUN = Instant.parse("2026-11-25T10:00:01Z");
    static final Instant FINISHED = Instant.parse("2026-11-25T10:00:02Z");
    static final OperationOwner OWNER =
            new OperationOwner("node-a", "node-a.local", Instant.parse("2026-11-25T09:00:00Z"));
    static final OperationOwner RESTARTED =
            new OperationOwner("node-a", "node-a.local", Instant.parse("2026-11-25T11:00:00Z"));
    static final OperationOwner OTHER_INSTANCE =
            new OperationOwner("node-b", "node-b.local", Instant.parse("2026-11-25T11:00:00Z"));

    /** The lock branch that running operations have made. */
    static final SchemaLock LOCK_BRANCH = new SchemaLock(BEGUN, 7);

    private OperationSamples() {}

    /** A ULID whose last digits are the number. */
    static String id(int number) {
        return "01KB" + String.format("%022d", number);
    }

    static OperationRecord queued(int number) {
        return OperationRecord.queued(new OperationSubmission(
                id(number), "apply", Optional.of("andrew"), OWNER, SUBMITTED, Optional.empty(), Optional.of("c0ffee")));
    }

    static OperationRecord running(int number) {
        return queued(number)
                .started(BEGUN)
                .traced(OperationTrace.empty()
                        .withProgress(new OperationProgress("creates", Optional.of("graph.people"), 0, 2))
                        .withStateCas(Optional.of("sha256:aa"), Optional.empty())
                        .withSidecar(id(900))
                        .withClaimWon(id(900))
                        .withRemovalStarted(id(901))
                        .withLockBranchPlanned("people", 7, BEGUN)
                        .withLockBranchMade("people", LOCK_BRANCH));
    }

    static OperationRecord failed(int number) {
        return running(number)
                .ended(
                        FINISHED,
                        new OperationEnding(
                                OperationState.FAILED,
                                OperationOutcome.RECOVERY_REQUIRED,
                                Optional.of(false),
                                Optional.of(
                                        OperationProblem.of(DiagnosticCode.GRAPH_CREATE_FAILED, "the disk is full")),
                                Optional.of(
                                        JsonObject.builder().put("ok", false).build())));
    }

    static OperationRecord succeeded(int number) {
        return running(number)
                .ended(
                        FINISHED,
                        new OperationEnding(
                                OperationState.SUCCEEDED,
                                OperationOutcome.CONVERGED,
                                Optional.of(true),
                                Optional.empty(),
                                Optional.of(JsonObject.builder().put("ok", true).build())));
    }

    static OperationRecord cancelledInQueue(int number) {
        return queued(number).ended(FINISHED, OperationEnding.cancelledInQueue());
    }

    static List<OperationRecord> all() {
        return List.of(queued(1), running(2), failed(3), succeeded(4), cancelledInQueue(5));
    }
}
