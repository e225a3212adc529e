package dev.omnigraph.controlplane.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.apply.ApplyRequest;
import dev.omnigraph.controlplane.approval.ApprovalRules;
import dev.omnigraph.controlplane.approval.ApprovalState;
import dev.omnigraph.controlplane.approval.Decision;
import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.graph.GraphRoot;
import dev.omnigraph.controlplane.graph.MemoryGraphEngine;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.ledger.Approval;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.InvalidDocumentException;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerDocument;
import dev.omnigraph.controlplane.ledger.SidecarStore;
import dev.omnigraph.controlplane.operation.RecordedRun;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandSettings;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import dev.omnigraph.controlplane.testing.DesiredClusters;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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

    private final MemoryObjectStore store = new MemoryObjectStore();
    private final MemoryGraphEngine engine = new MemoryGraphEngine(store);
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-06-10T10:00:00Z"));
    private Optional<FaultPoint> armed = Optional.empty();

    private ClusterService service = service(ApprovalRules.DEFAULT);

    private final DesiredCluster both = new DesiredClusters()
            .graph("people", SCHEMA)
            .graph("scratch", SCHEMA)
            .build();
    private final DesiredCluster withoutScratch =
            new DesiredClusters().graph("people", SCHEMA).build();

    @BeforeEach
    void converge() {
        assertThat(service.importLedger(load(both), RunListener.NONE).ok()).isTrue();
        assertThat(service.apply(load(both), ApplyRequest.by(Optional.of("alice")), RunListener.NONE)
                        .converged())
                .isTrue();
    }

    @Test
    void rowsThatAreWrittenAfterTheApprovalKeepTheGraph() {
        approve();
        engine.commit(SCRATCH_ROOT, "01KT0000000000000000000009");

        ApplyOutput output = apply();

        assertThat(codes(output)).startsWith("graph_moved");
        assertThat(output.ok()).isFalse();
        assertThat(isStored(SCRATCH_SCHEMA)).isTrue();
        assertThat(apply(approveMovingData()).converged()).isTrue();
        assertThat(isStored(SCRATCH_SCHEMA)).isFalse();
    }

    @Test
    void rowsThatAreWrittenAtTheMomentOfTheMoveBringTheGraphBackAndTheApprovalIsHiddenAgain() {
        String approval = decide(Decision.APPROVE, Optional.of(Duration.ofHours(1)), false);
        store.disturb((call, key) -> {
            if (call == StoreCall.MOVE && key.path().equals("graphs/scratch.omni")) {
                store.calm();
                engine.commit(SCRATCH_ROOT, "01KT0000000000000000000009");
            }
            return StoreFault.NONE;
        });

        ApplyOutput output = apply();

        assertThat(codes(output)).containsExactly("graph_moved");
        assertThat(isStored(SCRATCH_SCHEMA)).isTrue();
        assertThat(recoveries()).isEmpty();
        assertThat(isStored(ControlKeys.approval(approval))).isFalse();
    }

    @Test
    void anIntentThatCannotBeStoredHidesTheApprovalAgain() {
        String approval = decide(Decision.APPROVE, Optional.of(Duration.ofHours(1)), false);
        store.disturb(
                (call, key) -> call == StoreCall.PUT_IF_ABSENT && key.path().startsWith(ControlKeys.RECOVERIES.path())
                        ? StoreFault.REFUSED
                        : StoreFault.NONE);

        ApplyOutput output = apply();

        store.calm();
        assertThat(codes(output)).containsExactly("recovery_sidecar_write_error");
        assertThat(isStored(SCRATCH_SCHEMA)).isTrue();
        assertThat(isStored(ControlKeys.approval(approval))).isFalse();
        assertThat(apply().converged()).isTrue();
    }

    @Test
    void aGraphThatTheEngineDoesNotKeepThereIsNotRemoved() {
        DesiredCluster nothing = new DesiredClusters().build();
        decide(nothing, Decision.APPROVE, Optional.empty(), false);
        engine.refuse("this engine keeps none there");

        ApplyOutput output = service.apply(load(nothing), ApplyRequest.by(Optional.of("alice")), RunListener.NONE);

        assertThat(output.ok()).isFalse();
        assertThat(isStored(SCRATCH_SCHEMA)).isTrue();
        assertThat(recoveries()).isEmpty();
        assertThat(store.exists(new ObjectKey("__control/consumed"))).isEqualTo(new PrefixOutcome.Absent());
    }

    @Test
    void theNewestApprovalThatMatchesIsUsedAndTheOperationIsNamed() {
        String older = approve();
        String newer = approve();

        assertThat(apply().converged()).isTrue();

        assertThat(ledger().approvalRecords()).containsOnlyKeys(newer);
        assertThat(artifact(newer).consumedByOperation()).isNotEmpty();
        assertThat(artifact(older).consumedAt()).isEmpty();
    }

    @Test
    void aStoreThatCannotMoveRemovesInPlaceWhatItCompared() {
        store.moveNoTrees();
        engine.commit(SCRATCH_ROOT, "01KT0000000000000000000009");
        approve();

        assertThat(apply().converged()).isTrue();
        assertThat(isStored(SCRATCH_SCHEMA)).isFalse();
    }

    @Test
    void aRecoveryRecordThatCannotBeRetiredIsToldAndRetiredByTheNextApply() {
        approve();
        store.disturb((call, key) -> call == StoreCall.DELETE && key.path().startsWith("__cluster/recoveries/")
                ? StoreFault.REFUSED
                : StoreFault.NONE);

        ApplyOutput output = apply();

        assertThat(output.converged()).isTrue();
        assertThat(codes(output)).containsExactly("recovery_sidecar_cleanup_failed");
        assertThat(recoveries()).hasSize(1);
        store.calm();
        assertThat(codes(apply())).isEmpty();
        assertThat(recoveries()).isEmpty();
    }

    @Test
    void anExpiredApprovalAllowsNothing() {
        decide(Decision.APPROVE, Optional.of(Duration.ofHours(1)), false);
        now.set(now.get().plus(Duration.ofHours(1)));

        assertThat(apply().converged()).isFalse();
        assertThat(isStored(SCRATCH_SCHEMA)).isTrue();
        assertThat(only().state()).isEqualTo(ApprovalState.EXPIRED);
    }

    @Test
    void anInterruptedDeleteThatIsNotWantedAnyMoreIsGivenUpAndItsApprovalCanBeRevoked() {
        String approval = approve();
        armed = Optional.of(FaultPoint.CLUSTER_APPLY_BEFORE_GRAPH_DELETE);
        assertThat(apply().ok()).isFalse();
        armed = Optional.empty();
        assertThat(recoveries()).containsExactly("resume");
        assertThat(codes(revoke(approval))).containsExactly("approval_in_use");

        ApplyOutput output = service.apply(load(both), ApplyRequest.by(Optional.of("bob")), RunListener.NONE);

        assertThat(output.converged()).isTrue();
        assertThat(codes(output)).containsExactly("graph_delete_incomplete");
        assertThat(recoveries()).isEmpty();
        assertThat(revoke(approval).ok()).isTrue();
        assertThat(artifact(approval).consumedByOperation().orElseThrow()).startsWith("revoked:");
    }

    @Test
    void aRevocationThatWasInterruptedCountsAndTheNextApplyFinishesIt() {
        String approval = approve();
        armed = Optional.of(FaultPoint.CLUSTER_REVOKE_AFTER_RESERVATION);
        assertThat(revoke(approval).ok()).isFalse();
        armed = Optional.empty();
        assertThat(artifact(approval).consumedAt()).isEmpty();

        assertThat(apply().converged()).isFalse();

        assertThat(isStored(SCRATCH_SCHEMA)).isTrue();
        assertThat(artifact(approval).consumedByOperation().orElseThrow()).startsWith("revoked:");
    }

    @Test
    void anApprovalOfTheEnginesOwnToolIsComparedWithWhatTheRunSaw() {
        Approval made = artifact(approve());
        store.delete(new ObjectKey("__control/approvals/" + made.approvalId() + ".json"));

        assertThat(apply().converged()).isTrue();
        assertThat(ledger().approvalRecords()).containsOnlyKeys(made.approvalId());
    }

    @Test
    void anArtifactThatWasChangedBehindOurBackAuthorisesNothing() {
        Approval made = artifact(approve());
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
        store.delete(ControlKeys.approval(made.approvalId()));
        store.putIfAbsent(
                ControlKeys.approval(made.approvalId()), forged.write().getBytes(StandardCharsets.UTF_8));

        assertThat(apply().converged()).isFalse();
        assertThat(isStored(SCRATCH_SCHEMA)).isTrue();
    }

    @Test
    void nobodyAppliesWhatHeApprovedWhereThatIsAskedFor() {
        service = service(new ApprovalRules(true, true));
        approve();

        for (Optional<String> refused : List.of(Optional.of("carol"), Optional.<String>empty())) {
            ApplyOutput output = apply(refused);
            assertThat(codes(output)).containsExactly("second_person_required");
            assertThat(output.ok()).isFalse();
            assertThat(scratchIs(output)).isEqualTo("blocked:second_person_required");
            assertThat(isStored(SCRATCH_SCHEMA)).isTrue();
            assertThat(recoveries()).isEmpty();
        }
        assertThat(apply(Optional.of("alice")).converged()).isTrue();
        assertThat(isStored(SCRATCH_SCHEMA)).isFalse();
    }

    @Test
    void whoApprovedTooAppliesByTheApprovalOfAnother() {
        service = service(new ApprovalRules(true, true));
        String byCarol = approve();
        approveAs("dave");

        assertThat(apply(Optional.of("dave")).converged()).isTrue();
        assertThat(ledger().approvalRecords()).containsOnlyKeys(byCarol);
    }

    @Test
    void nobodyGoesOnWithADeleteThatHeApprovedWhereThatIsAskedFor() {
        service = service(new ApprovalRules(true, true));
        approve();
        armed = Optional.of(FaultPoint.CLUSTER_APPLY_BEFORE_GRAPH_DELETE);
        assertThat(apply(Optional.of("alice")).ok()).isFalse();
        armed = Optional.empty();
        assertThat(recoveries()).containsExactly("resume");

        ApplyOutput own = apply(Optional.of("carol"));

        assertThat(codes(own)).containsExactly("graph_delete_incomplete", "second_person_required");
        assertThat(isStored(SCRATCH_SCHEMA)).isTrue();
        assertThat(recoveries()).isEmpty();
        assertThat(apply(Optional.of("alice")).converged()).isTrue();
    }

    @Test
    void nobodyGoesOnWithARemovalThatHeApprovedWhereThatIsAskedFor() {
        service = service(new ApprovalRules(true, true));
        writeRows();
        approve();
        stopRemovalAt(FaultPoint.CLUSTER_APPLY_AFTER_MANIFEST_REMOVED);

        ApplyOutput own = apply(Optional.of("carol"));

        assertThat(codes(own)).contains("second_person_required", "graph_delete_incomplete");
        assertThat(recoveries()).containsExactly("resume");
        assertThat(apply(Optional.of("alice")).converged()).isTrue();
        assertThat(recoveries()).isEmpty();
    }

    @Test
    void anApprovalThatNobodyIsKnownToHaveGivenIsIgnoredWhereThatIsAskedFor() {
        service = service(new ApprovalRules(false, false));
        String foreign = approve();
        store.delete(new ObjectKey("__control/approvals/" + foreign + ".json"));

        ApplyOutput output = apply();

        assertThat(codes(output)).containsExactly("approval_ignored");
        assertThat(output.diagnostics().toString()).contains(foreign);
        assertThat(scratchIs(output)).isEqualTo("blocked:approval_required");
        assertThat(isStored(SCRATCH_SCHEMA)).isTrue();
        assertThat(only().state()).isEqualTo(ApprovalState.IGNORED);
        String known = approve();
        assertThat(apply().converged()).isTrue();
        assertThat(ledger().approvalRecords()).containsOnlyKeys(known);
    }

    @Test
    void anApprovalThatRunsOutWhileAnUnfinishedDeleteHoldsItIsTakenAsUsedByTheEnginesOwnTool() {
        String approval = decide(Decision.APPROVE, Optional.of(Duration.ofHours(1)), false);
        armed = Optional.of(FaultPoint.CLUSTER_APPLY_BEFORE_GRAPH_DELETE);
        assertThat(apply().ok()).isFalse();
        armed = Optional.empty();
        String sidecar =
                service.recoveries().get(0).examined().sidecar().orElseThrow().operationId();
        now.set(now.get().plus(Duration.ofHours(1)));

        ApplyOutput output = apply();

        assertThat(codes(output)).containsExactly("graph_delete_incomplete");
        assertThat(output.converged()).isFalse();
        assertThat(artifact(approval).consumedByOperation()).contains("expired:" + sidecar);
        assertThat(artifact(approval).consumedAt()).isPresent();
        assertThat(ledger().approvalRecords()).isEmpty();
        assertThat(recoveries()).isEmpty();
        assertThat(only().state()).isEqualTo(ApprovalState.EXPIRED);
        assertThat(isStored(SCRATCH_SCHEMA)).isTrue();
        assertThat(revoke(approval).ok()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"CLUSTER_APPLY_AFTER_REMOVAL_STARTED", "CLUSTER_APPLY_AFTER_MANIFEST_REMOVED"})
    void theRestOfARemovalIsApprovedAnew(FaultPoint point) {
        writeRows();
        String first = decide(Decision.APPROVE, Optional.of(Duration.ofHours(1)), false);
        stopRemovalAt(point);
        String sidecar =
                service.recoveries().get(0).examined().sidecar().orElseThrow().operationId();
        now.set(now.get().plus(Duration.ofHours(1)));

        ApplyOutput unapproved = apply();

        assertThat(unapproved.ok()).isFalse();
        assertThat(codes(unapproved)).containsExactly("graph_delete_incomplete", "graph_delete_incomplete");
        assertThat(recoveries()).containsExactly("resume");
        assertThat(artifact(first).consumedByOperation()).contains("expired:" + sidecar);
        String second = approve();
        assertThat(apply().converged()).isTrue();
        assertThat(store.exists(new ObjectKey("graphs/scratch.omni"))).isEqualTo(new PrefixOutcome.Absent());
        assertThat(ledger().approvalRecords()).containsOnlyKeys(second);
        assertThat(artifact(second).consumedByOperation()).contains(sidecar);
        assertThat(recoveries()).isEmpty();
    }

    @Test
    void aGraphThatIsMadeAnewAfterItsDeleteWasRecordedIsHeldByNothing() {
        approve();
        stopRemovalAt(FaultPoint.CLUSTER_APPLY_AFTER_STATE_WRITE);
        assertThat(recoveries()).containsExactly("retire");
        engine.create(SCRATCH_ROOT, SCHEMA, "claimant", () -> {});

        assertThat(recoveries()).containsExactly("retire");
        assertThat(apply().converged()).isTrue();
        assertThat(recoveries()).isEmpty();
        assertThat(isStored(SCRATCH_SCHEMA)).isTrue();
    }

    @Test
    void aNewLedgerKnowsWhichApprovalsWereUsed() {
        String approval = approve();
        assertThat(apply().converged()).isTrue();
        String operation = artifact(approval).consumedByOperation().orElseThrow();
        store.delete(ControlKeys.STATE);

        assertThat(service.importLedger(load(withoutScratch), RunListener.NONE).ok())
                .isTrue();

        assertThat(ledger().approvalRecords()).containsOnlyKeys(approval);
        assertThat(ledger().approvalRecords().get(approval).toString()).contains(operation);
    }

    @Test
    void aNewLedgerLearnsOfADeleteThatHadCompleted() {
        String approval = approve();
        armed = Optional.of(FaultPoint.CLUSTER_APPLY_AFTER_GRAPH_DELETE);
        assertThat(apply().ok()).isFalse();
        armed = Optional.empty();
        store.delete(ControlKeys.STATE);

        assertThat(service.importLedger(load(withoutScratch), RunListener.NONE).ok())
                .isTrue();

        assertThat(ledger().approvalRecords()).containsOnlyKeys(approval);
        assertThat(ledger().recoveryRecords()).hasSize(1);
        assertThat(ledger().observations()).containsKey(SCRATCH);
        assertThat(artifact(approval).consumedAt()).isPresent();
        assertThat(recoveries()).isEmpty();
    }

    @Test
    void anApprovalThatCannotBeMarkedKeepsTheRecordUntilItIs() {
        String approval = approve();
        store.disturb((call, key) -> call == StoreCall.PUT_IF_MATCH && key.equals(ControlKeys.approval(approval))
                ? StoreFault.REFUSED
                : StoreFault.NONE);

        ApplyOutput output = apply();

        assertThat(output.converged()).isTrue();
        assertThat(codes(output)).containsExactly("recovery_sidecar_cleanup_failed");
        store.calm();
        assertThat(recoveries()).containsExactly("retire");
        assertThat(apply().result().stateWritten()).isFalse();
        assertThat(artifact(approval).consumedAt()).isPresent();
        assertThat(recoveries()).isEmpty();
    }

    @Test
    void storageThatDoesNotAnswerDecidesNothing() {
        approve();
        store.disturbOnce(StoreCall.LIST, ControlKeys.APPROVALS, StoreFault.REQUEST_LOST);

        ApplyOutput output = apply();

        assertThat(codes(output)).containsExactly(DiagnosticCode.STORAGE_UNAVAILABLE.wire());
        assertThat(isStored(SCRATCH_SCHEMA)).isTrue();
    }

    private ClusterService service(ApprovalRules rules) {
        return new ClusterService(new ClusterContext(
                new StorageRoot.Folder(Path.of("/memory")),
                store,
                engine,
                now::get,
                new UlidSource(),
                Pause.REAL,
                this::reach,
                Runnable::run,
                new CommandSettings(Duration.ZERO, 4242, false, rules)));
    }

    /** A manifest and a file of rows, so that a removal has more than one thing to remove. */
    private void writeRows() {
        engine.commit(SCRATCH_ROOT, "01KT0000000000000000000009");
        store.putIfAbsent(new ObjectKey("graphs/scratch.omni/nodes/rows"), new byte[] {1});
    }

    /** A removal in place is interrupted at a point, and what it noted is kept. */
    private void stopRemovalAt(FaultPoint point) {
        store.moveNoTrees();
        armed = Optional.of(point);
        RecordedRun run = RecordedRun.begin(store, new UlidSource().nextUlid(), "apply");
        assertThat(service.apply(load(withoutScratch), ApplyRequest.by(Optional.of("alice")), run)
                        .ok())
                .isFalse();
        armed = Optional.empty();
    }

    private void reach(FaultPoint point) {
        if (armed.filter(point::equals).isPresent()) {
            throw new InjectedFaultException(point);
        }
    }

    private static ConfigLoad load(DesiredCluster desired) {
        return new ConfigLoad("/config", "/config/cluster.yaml", Optional.of(desired), List.of());
    }

    private ApplyOutput apply() {
        return service.apply(load(withoutScratch), ApplyRequest.by(Optional.of("alice")), RunListener.NONE);
    }

    private ApplyOutput apply(Optional<String> actor) {
        return service.apply(load(withoutScratch), ApplyRequest.by(actor), RunListener.NONE);
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
        ApproveOutput output = service.approve(
                load(desired),
                new ApprovalRequest(
                        SCRATCH,
                        approver,
                        Optional.empty(),
                        Optional.empty(),
                        decision,
                        Optional.empty(),
                        expiresIn,
                        allowDataMovement),
                RunListener.NONE);
        assertThat(output.diagnostics())
                .filteredOn(finding -> finding.code() != DiagnosticCode.GRAPH_MOVED)
                .isEmpty();
        return output.decided().orElseThrow().approvalId();
    }

    private RevokeOutput revoke(String approval) {
        return service.revoke(approval, Optional.of("carol"), Optional.empty(), RunListener.NONE);
    }

    private ApprovalView only() {
        List<ApprovalView> approvals = service.approvals(load(withoutScratch));
        assertThat(approvals).hasSize(1);
        return approvals.get(0);
    }

    private Approval artifact(String id) {
        try {
            return Approval.read(text(ControlKeys.approval(id)));
        } catch (InvalidDocumentException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The decisions that the next sweep takes. */
    private List<String> recoveries() {
        assertThat(new SidecarStore(store).list()).isInstanceOf(SidecarStore.Listing.Listed.class);
        return service.recoveries().stream()
                .map(recovery ->
                        recovery.examined().decision().orElseThrow().getClass().getSimpleName())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    private Ledger ledger() {
        try {
            return LedgerDocument.read(text(ControlKeys.STATE));
        } catch (InvalidDocumentException e) {
            throw new IllegalStateException(e);
        }
    }

    private String text(ObjectKey key) {
        return ((GetOutcome.Found) store.get(key)).object().text().orElseThrow();
    }

    private boolean isStored(ObjectKey key) {
        return store.get(key) instanceof GetOutcome.Found;
    }

    private static List<String> codes(CommandOutput output) {
        return output.diagnostics().stream()
                .map(diagnostic -> diagnostic.code().wire())
                .filter(code -> !code.equals("apply_dependency_blocked"))
                .toList();
    }
}
