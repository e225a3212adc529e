package dev.omnigraph.controlplane.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.approval.ApprovalRules;
import dev.omnigraph.controlplane.approval.ApprovalState;
import dev.omnigraph.controlplane.approval.Decision;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.diagnostic.Severity;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.graph.GraphRoot;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.ledger.Approval;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.operation.RecordedRun;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import dev.omnigraph.controlplane.testing.DesiredClusters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Approved deletes on a store in memory: who may use which approval, and what is done when something is in the way. */
class GraphDeleteTest {

    private static final String SCHEMA = "node A { a: String @key }";
    private static final String SCRATCH = "graph.scratch";
    private static final ObjectKey SCRATCH_SCHEMA = new ObjectKey("graphs/scratch.omni/_schema.pg");
    private static final GraphRoot SCRATCH_ROOT = new GraphRoot("/memory/graphs/scratch.omni");

    private final MemoryCluster cluster = new MemoryCluster();

    private final DesiredCluster both = new DesiredClusters()
            .graph("people", SCHEMA)
            .graph("scratch", SCHEMA)
            .build();
    private final DesiredCluster withoutScratch =
            new DesiredClusters().graph("people", SCHEMA).build();

    @BeforeEach
    void converge() {
        cluster.converge(both);
    }

    @Test
    void rowsThatAreWrittenAfterTheApprovalKeepTheGraph() {
        approve();
        cluster.engine().commit(SCRATCH_ROOT, "01KT0000000000000000000009");

        ApplyOutput output = apply();

        assertThat(MemoryCluster.codes(output)).startsWith("graph_moved");
        assertThat(output.ok()).isFalse();
        assertThat(cluster.isStored(SCRATCH_SCHEMA)).isTrue();
        assertThat(apply(approveMovingData()).converged()).isTrue();
        assertThat(cluster.isStored(SCRATCH_SCHEMA)).isFalse();
    }

    @Test
    void rowsThatAreWrittenAtTheMomentOfTheMoveBringTheGraphBackAndTheApprovalIsHiddenAgain() {
        String approval = decide(Decision.APPROVE, Optional.of(Duration.ofHours(1)), false);
        cluster.store().disturb((call, key) -> {
            if (call == StoreCall.MOVE && key.path().equals("graphs/scratch.omni")) {
                cluster.store().calm();
                cluster.engine().commit(SCRATCH_ROOT, "01KT0000000000000000000009");
            }
            return StoreFault.NONE;
        });

        ApplyOutput output = apply();

        assertThat(MemoryCluster.codes(output)).containsExactly("graph_moved");
        assertThat(cluster.isStored(SCRATCH_SCHEMA)).isTrue();
        assertThat(cluster.recoveries()).isEmpty();
        assertThat(cluster.isStored(ControlKeys.approval(approval))).isFalse();
    }

    @Test
    void anIntentThatCannotBeStoredHidesTheApprovalAgain() {
        String approval = decide(Decision.APPROVE, Optional.of(Duration.ofHours(1)), false);
        cluster.store()
                .disturb((call, key) ->
                        call == StoreCall.PUT_IF_ABSENT && key.path().startsWith(ControlKeys.RECOVERIES.path())
                                ? StoreFault.REFUSED
                                : StoreFault.NONE);

        ApplyOutput output = apply();

        cluster.store().calm();
        assertThat(MemoryCluster.codes(output)).containsExactly("recovery_sidecar_write_error");
        assertThat(cluster.isStored(SCRATCH_SCHEMA)).isTrue();
        assertThat(cluster.isStored(ControlKeys.approval(approval))).isFalse();
        assertThat(apply().converged()).isTrue();
    }

    @Test
    void anApprovalThatCannotBeHiddenAgainIsToldOf() {
        String approval = decide(Decision.APPROVE, Optional.of(Duration.ofHours(1)), false);
        cluster.store().disturb((call, key) -> switch (call) {
            case PUT_IF_ABSENT ->
                key.path().startsWith(ControlKeys.RECOVERIES.path()) ? StoreFault.REFUSED : StoreFault.NONE;
            case DELETE_IF_MATCH ->
                key.path().startsWith(ControlKeys.APPROVALS.path()) ? StoreFault.REFUSED : StoreFault.NONE;
            default -> StoreFault.NONE;
        });

        ApplyOutput output = apply();

        cluster.store().calm();
        assertThat(MemoryCluster.codes(output)).containsExactly("recovery_sidecar_write_error", "approval_write_error");
        assertThat(cluster.isStored(ControlKeys.approval(approval))).isTrue();
        assertThat(apply().converged()).isTrue();
    }

    @Test
    void aGraphThatTheEngineDoesNotKeepThereIsNotRemoved() {
        DesiredCluster nothing = new DesiredClusters().build();
        decide(nothing, Decision.APPROVE, Optional.empty(), false);
        cluster.engine().refuse("this engine keeps none there");

        ApplyOutput output = cluster.apply(nothing, "alice");

        assertThat(output.ok()).isFalse();
        assertThat(cluster.isStored(SCRATCH_SCHEMA)).isTrue();
        assertThat(cluster.recoveries()).isEmpty();
        assertThat(cluster.store().exists(new ObjectKey("__control/consumed"))).isEqualTo(new PrefixOutcome.Absent());
    }

    @Test
    void theNewestApprovalThatMatchesIsUsedAndTheOperationIsNamed() {
        String older = approve();
        String newer = approve();

        assertThat(apply().converged()).isTrue();

        assertThat(cluster.ledger().approvalRecords()).containsOnlyKeys(newer);
        assertThat(cluster.artifact(newer).consumedByOperation()).isNotEmpty();
        assertThat(cluster.artifact(older).consumedAt()).isEmpty();
    }

    @Test
    void aStoreThatCannotMoveRemovesInPlaceWhatItCompared() {
        cluster.store().moveNoTrees();
        cluster.engine().commit(SCRATCH_ROOT, "01KT0000000000000000000009");
        approve();

        assertThat(apply().converged()).isTrue();
        assertThat(cluster.isStored(SCRATCH_SCHEMA)).isFalse();
    }

    @Test
    void aRecoveryRecordThatCannotBeRetiredIsToldAndRetiredByTheNextApply() {
        approve();
        cluster.store()
                .disturb((call, key) -> call == StoreCall.DELETE && key.path().startsWith("__cluster/recoveries/")
                        ? StoreFault.REFUSED
                        : StoreFault.NONE);

        ApplyOutput output = apply();

        assertThat(output.converged()).isTrue();
        assertThat(MemoryCluster.codes(output)).containsExactly("recovery_sidecar_cleanup_failed");
        assertThat(cluster.recoveries()).hasSize(1);
        cluster.store().calm();
        assertThat(MemoryCluster.codes(apply())).isEmpty();
        assertThat(cluster.recoveries()).isEmpty();
    }

    @Test
    void anExpiredApprovalAllowsNothing() {
        decide(Decision.APPROVE, Optional.of(Duration.ofHours(1)), false);
        cluster.pass(Duration.ofHours(1));

        assertThat(apply().converged()).isFalse();
        assertThat(cluster.isStored(SCRATCH_SCHEMA)).isTrue();
        assertThat(only().state()).isEqualTo(ApprovalState.EXPIRED);
    }

    @Test
    void anInterruptedDeleteThatIsNotWantedAnyMoreIsGivenUpAndItsApprovalCanBeRevoked() {
        String approval = approve();
        cluster.stopAt(
                FaultPoint.CLUSTER_APPLY_BEFORE_GRAPH_DELETE,
                () -> assertThat(apply().ok()).isFalse());
        assertThat(cluster.recoveries()).containsExactly("resume");
        assertThat(MemoryCluster.codes(cluster.revoke(approval))).containsExactly("approval_in_use");

        ApplyOutput output = cluster.apply(both, "bob");

        assertThat(output.converged()).isTrue();
        assertThat(MemoryCluster.codes(output)).containsExactly("graph_delete_incomplete");
        assertThat(cluster.recoveries()).isEmpty();
        assertThat(cluster.revoke(approval).ok()).isTrue();
        assertThat(cluster.artifact(approval).consumedByOperation().orElseThrow())
                .startsWith("revoked:");
    }

    @Test
    void aRevocationThatWasInterruptedCountsAndTheNextApplyFinishesIt() {
        String approval = approve();
        cluster.stopAt(
                FaultPoint.CLUSTER_REVOKE_AFTER_RESERVATION,
                () -> assertThat(cluster.revoke(approval).ok()).isFalse());
        assertThat(cluster.artifact(approval).consumedAt()).isEmpty();

        assertThat(apply().converged()).isFalse();

        assertThat(cluster.isStored(SCRATCH_SCHEMA)).isTrue();
        assertThat(cluster.artifact(approval).consumedByOperation().orElseThrow())
                .startsWith("revoked:");
    }

    @Test
    void anApprovalOfTheEnginesOwnToolIsComparedWithWhatTheRunSaw() {
        Approval made = cluster.artifact(approve());
        cluster.store().delete(new ObjectKey("__control/approvals/" + made.approvalId() + ".json"));

        assertThat(apply().converged()).isTrue();
        assertThat(cluster.ledger().approvalRecords()).containsOnlyKeys(made.approvalId());
    }

    @Test
    void anArtifactThatWasChangedBehindOurBackAuthorisesNothing() {
        Approval made = cluster.artifact(approve());
        Approval forged = new Approval(
                made.approvalId(),
                made.resource(),
                made.operation(),
                made.reason(),
                made.boundConfigDigest(),
                made.boundBeforeDigest(),
                made.boundAfterDigest(),
                "mallory",
                made.createdAt(),
                Optional.empty(),
                Optional.empty());
        cluster.store().delete(ControlKeys.approval(made.approvalId()));
        cluster.store()
                .putIfAbsent(
                        ControlKeys.approval(made.approvalId()), forged.write().getBytes(StandardCharsets.UTF_8));

        assertThat(apply().converged()).isFalse();
        assertThat(cluster.isStored(SCRATCH_SCHEMA)).isTrue();
    }

    @Test
    void nobodyAppliesWhatHeApprovedWhereThatIsAskedFor() {
        cluster.rule(new ApprovalRules(true, true));
        approve();

        for (Optional<String> refused : List.of(Optional.of("carol"), Optional.<String>empty())) {
            ApplyOutput output = apply(refused);
            assertThat(MemoryCluster.codes(output)).containsExactly("second_person_required");
            assertThat(output.ok()).isFalse();
            assertThat(scratchIs(output)).isEqualTo("blocked:second_person_required");
            assertThat(cluster.isStored(SCRATCH_SCHEMA)).isTrue();
            assertThat(cluster.recoveries()).isEmpty();
        }
        assertThat(apply(Optional.of("alice")).converged()).isTrue();
        assertThat(cluster.isStored(SCRATCH_SCHEMA)).isFalse();
    }

    @Test
    void whoApprovedTooAppliesByTheApprovalOfAnother() {
        cluster.rule(new ApprovalRules(true, true));
        String byCarol = approve();
        approveAs("dave");

        assertThat(apply(Optional.of("dave")).converged()).isTrue();
        assertThat(cluster.ledger().approvalRecords()).containsOnlyKeys(byCarol);
    }

    @Test
    void nobodyGoesOnWithADeleteThatHeApprovedWhereThatIsAskedFor() {
        cluster.rule(new ApprovalRules(true, true));
        approve();
        cluster.stopAt(
                FaultPoint.CLUSTER_APPLY_BEFORE_GRAPH_DELETE,
                () -> assertThat(apply(Optional.of("alice")).ok()).isFalse());
        assertThat(cluster.recoveries()).containsExactly("resume");

        ApplyOutput own = apply(Optional.of("carol"));

        assertThat(MemoryCluster.codes(own)).containsExactly("graph_delete_incomplete", "second_person_required");
        assertThat(cluster.isStored(SCRATCH_SCHEMA)).isTrue();
        assertThat(cluster.recoveries()).isEmpty();
        assertThat(apply(Optional.of("alice")).converged()).isTrue();
    }

    @Test
    void nobodyGoesOnWithARemovalThatHeApprovedWhereThatIsAskedFor() {
        cluster.rule(new ApprovalRules(true, true));
        writeRows();
        approve();
        stopRemovalAt(FaultPoint.CLUSTER_APPLY_AFTER_MANIFEST_REMOVED);

        ApplyOutput own = apply(Optional.of("carol"));

        assertThat(MemoryCluster.codes(own)).contains("second_person_required", "graph_delete_incomplete");
        assertThat(own.diagnostics().toString())
                .contains("has begun and does not go on: the change has to be applied by somebody else")
                .doesNotContain("approve the rest of it");
        assertThat(cluster.recoveries()).containsExactly("resume");
        assertThat(apply(Optional.of("alice")).converged()).isTrue();
        assertThat(cluster.recoveries()).isEmpty();
    }

    @Test
    void anApprovalThatNobodyIsKnownToHaveGivenIsIgnoredWhereThatIsAskedFor() {
        cluster.rule(new ApprovalRules(false, false));
        String foreign = approve();
        cluster.store().delete(new ObjectKey("__control/approvals/" + foreign + ".json"));

        ApplyOutput output = apply();

        assertThat(MemoryCluster.codes(output)).containsExactly("approval_ignored");
        assertThat(output.diagnostics().toString()).contains(foreign);
        assertThat(scratchIs(output)).isEqualTo("blocked:approval_required");
        assertThat(cluster.isStored(SCRATCH_SCHEMA)).isTrue();
        assertThat(only().state()).isEqualTo(ApprovalState.IGNORED);
        String known = approve();
        assertThat(apply().converged()).isTrue();
        assertThat(cluster.ledger().approvalRecords()).containsOnlyKeys(known);
    }

    @Test
    void anApprovalThatCannotBeTakenBackIsToldAndTakenBackByTheNextApply() {
        String approval = decide(Decision.APPROVE, Optional.of(Duration.ofHours(1)), false);
        cluster.stopAt(
                FaultPoint.CLUSTER_APPLY_AFTER_APPROVAL_PUBLISHED,
                () -> assertThat(apply().ok()).isFalse());
        assertThat(cluster.isStored(ControlKeys.approval(approval))).isTrue();
        cluster.store()
                .disturb((call, key) ->
                        key.equals(ControlKeys.approval(approval)) && call != StoreCall.GET && call != StoreCall.LIST
                                ? StoreFault.REFUSED
                                : StoreFault.NONE);

        ApplyOutput output = cluster.apply(both);

        assertThat(output.converged()).isTrue();
        assertThat(MemoryCluster.codes(output)).containsExactly("approval_write_error");
        assertThat(output.diagnostics().get(0).severity()).isEqualTo(Severity.WARNING);
        assertThat(cluster.isStored(ControlKeys.approval(approval))).isTrue();
        cluster.store().calm();
        assertThat(MemoryCluster.codes(cluster.apply(both))).isEmpty();
        assertThat(cluster.isStored(ControlKeys.approval(approval))).isFalse();
    }

    @Test
    void anApprovalThatRunsOutWhileAnUnfinishedDeleteHoldsItIsTakenAsUsedByTheEnginesOwnTool() {
        String approval = decide(Decision.APPROVE, Optional.of(Duration.ofHours(1)), false);
        cluster.stopAt(
                FaultPoint.CLUSTER_APPLY_BEFORE_GRAPH_DELETE,
                () -> assertThat(apply().ok()).isFalse());
        String sidecar = cluster.service()
                .recoveries()
                .get(0)
                .examined()
                .sidecar()
                .orElseThrow()
                .operationId();
        cluster.pass(Duration.ofHours(1));

        ApplyOutput output = apply();

        assertThat(MemoryCluster.codes(output)).containsExactly("graph_delete_incomplete");
        assertThat(output.converged()).isFalse();
        assertThat(cluster.artifact(approval).consumedByOperation()).contains("expired:" + sidecar);
        assertThat(cluster.artifact(approval).consumedAt()).isPresent();
        assertThat(cluster.ledger().approvalRecords()).isEmpty();
        assertThat(cluster.recoveries()).isEmpty();
        assertThat(only().state()).isEqualTo(ApprovalState.EXPIRED);
        assertThat(cluster.isStored(SCRATCH_SCHEMA)).isTrue();
        assertThat(cluster.revoke(approval).ok()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"CLUSTER_APPLY_AFTER_REMOVAL_STARTED", "CLUSTER_APPLY_AFTER_MANIFEST_REMOVED"})
    void theRestOfARemovalIsApprovedAnew(FaultPoint point) {
        writeRows();
        String first = decide(Decision.APPROVE, Optional.of(Duration.ofHours(1)), false);
        stopRemovalAt(point);
        String sidecar = cluster.service()
                .recoveries()
                .get(0)
                .examined()
                .sidecar()
                .orElseThrow()
                .operationId();
        cluster.pass(Duration.ofHours(1));

        ApplyOutput unapproved = apply();

        assertThat(unapproved.ok()).isFalse();
        assertThat(MemoryCluster.codes(unapproved))
                .containsExactly("graph_delete_incomplete", "graph_delete_incomplete");
        assertThat(cluster.recoveries()).containsExactly("resume");
        assertThat(cluster.artifact(first).consumedByOperation()).contains("expired:" + sidecar);
        String second = approve();
        assertThat(apply().converged()).isTrue();
        assertThat(cluster.store().exists(new ObjectKey("graphs/scratch.omni"))).isEqualTo(new PrefixOutcome.Absent());
        assertThat(cluster.ledger().approvalRecords()).containsOnlyKeys(second);
        assertThat(cluster.artifact(second).consumedByOperation()).contains(sidecar);
        assertThat(cluster.recoveries()).isEmpty();
    }

    @Test
    void aGraphThatIsMadeAnewAfterItsDeleteWasRecordedIsHeldByNothing() {
        approve();
        stopRemovalAt(FaultPoint.CLUSTER_APPLY_AFTER_STATE_WRITE);
        assertThat(cluster.recoveries()).containsExactly("retire");
        cluster.engine().create(SCRATCH_ROOT, SCHEMA, "claimant", () -> {});

        assertThat(cluster.recoveries()).containsExactly("retire");
        assertThat(apply().converged()).isTrue();
        assertThat(cluster.recoveries()).isEmpty();
        assertThat(cluster.isStored(SCRATCH_SCHEMA)).isTrue();
    }

    @Test
    void aNewLedgerKnowsWhichApprovalsWereUsed() {
        String approval = approve();
        assertThat(apply().converged()).isTrue();
        String operation = cluster.artifact(approval).consumedByOperation().orElseThrow();
        cluster.store().delete(ControlKeys.STATE);

        assertThat(cluster.service()
                        .importLedger(MemoryCluster.load(withoutScratch), RunListener.NONE)
                        .ok())
                .isTrue();

        assertThat(cluster.ledger().approvalRecords()).containsOnlyKeys(approval);
        assertThat(cluster.ledger().approvalRecords().get(approval).toString()).contains(operation);
    }

    @Test
    void aNewLedgerLearnsOfADeleteThatHadCompleted() {
        String approval = approve();
        cluster.stopAt(
                FaultPoint.CLUSTER_APPLY_AFTER_GRAPH_DELETE,
                () -> assertThat(apply().ok()).isFalse());
        cluster.store().delete(ControlKeys.STATE);

        assertThat(cluster.service()
                        .importLedger(MemoryCluster.load(withoutScratch), RunListener.NONE)
                        .ok())
                .isTrue();

        assertThat(cluster.ledger().approvalRecords()).containsOnlyKeys(approval);
        assertThat(cluster.ledger().recoveryRecords()).hasSize(1);
        assertThat(cluster.ledger().observations()).containsKey(SCRATCH);
        assertThat(cluster.artifact(approval).consumedAt()).isPresent();
        assertThat(cluster.recoveries()).isEmpty();
    }

    @Test
    void anApprovalThatCannotBeMarkedKeepsTheRecordUntilItIs() {
        String approval = approve();
        cluster.store()
                .disturb((call, key) -> call == StoreCall.PUT_IF_MATCH && key.equals(ControlKeys.approval(approval))
                        ? StoreFault.REFUSED
                        : StoreFault.NONE);

        ApplyOutput output = apply();

        assertThat(output.converged()).isTrue();
        assertThat(MemoryCluster.codes(output)).containsExactly("recovery_sidecar_cleanup_failed");
        cluster.store().calm();
        assertThat(cluster.recoveries()).containsExactly("retire");
        assertThat(apply().result().stateWritten()).isFalse();
        assertThat(cluster.artifact(approval).consumedAt()).isPresent();
        assertThat(cluster.recoveries()).isEmpty();
    }

    @Test
    void storageThatDoesNotAnswerDecidesNothing() {
        approve();
        cluster.store().disturbOnce(StoreCall.LIST, ControlKeys.APPROVALS, StoreFault.REQUEST_LOST);

        ApplyOutput output = apply();

        assertThat(MemoryCluster.codes(output)).containsExactly(DiagnosticCode.STORAGE_UNAVAILABLE.wire());
        assertThat(cluster.isStored(SCRATCH_SCHEMA)).isTrue();
    }

    /** A manifest and a file of rows, so that a removal has more than one thing to remove. */
    private void writeRows() {
        cluster.engine().commit(SCRATCH_ROOT, "01KT0000000000000000000009");
        cluster.store().putIfAbsent(new ObjectKey("graphs/scratch.omni/nodes/rows"), new byte[] {1});
    }

    /** A removal in place is interrupted at a point, and what it noted is kept. */
    private void stopRemovalAt(FaultPoint point) {
        cluster.store().moveNoTrees();
        RecordedRun run = RecordedRun.begin(cluster.store(), new UlidSource().nextUlid(), "apply");
        cluster.stopAt(
                point,
                () -> assertThat(cluster.apply(withoutScratch, Optional.of("alice"), run)
                                .ok())
                        .isFalse());
    }

    private ApplyOutput apply() {
        return cluster.apply(withoutScratch);
    }

    private ApplyOutput apply(Optional<String> actor) {
        return cluster.apply(withoutScratch, actor, RunListener.NONE);
    }

    private static String scratchIs(ApplyOutput output) {
        return output.result().changes().stream()
                .filter(change -> change.resource().text().equals(SCRATCH))
                .map(change -> change.disposition().wire()
                        + change.reason().map(reason -> ":" + reason.wire()).orElse(""))
                .findFirst()
                .orElseThrow();
    }

    private ApplyOutput apply(String approval) {
        assertThat(approval).isNotEmpty();
        return apply();
    }

    private String approve() {
        return decide(Decision.APPROVE, Optional.empty(), false);
    }

    private String approveAs(String approver) {
        return decide(withoutScratch, approver, Decision.APPROVE, Optional.empty(), false);
    }

    private String approveMovingData() {
        return decide(Decision.APPROVE, Optional.empty(), true);
    }

    private String decide(Decision decision, Optional<Duration> expiresIn, boolean allowDataMovement) {
        return decide(withoutScratch, decision, expiresIn, allowDataMovement);
    }

    private String decide(
            DesiredCluster desired, Decision decision, Optional<Duration> expiresIn, boolean allowDataMovement) {
        return decide(desired, "carol", decision, expiresIn, allowDataMovement);
    }

    private String decide(
            DesiredCluster desired,
            String approver,
            Decision decision,
            Optional<Duration> expiresIn,
            boolean allowDataMovement) {
        ApproveOutput output = cluster.decide(desired, approver, SCRATCH, decision, expiresIn, allowDataMovement);
        assertThat(output.diagnostics())
                .filteredOn(finding -> finding.code() != DiagnosticCode.GRAPH_MOVED)
                .isEmpty();
        return output.decided().orElseThrow().approvalId();
    }

    private ApprovalView only() {
        List<ApprovalView> approvals = cluster.service().approvals(MemoryCluster.load(withoutScratch));
        assertThat(approvals).hasSize(1);
        return approvals.get(0);
    }
}
