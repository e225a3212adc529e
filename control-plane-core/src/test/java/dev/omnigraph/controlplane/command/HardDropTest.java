package dev.omnigraph.controlplane.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.approval.ApprovalRules;
import dev.omnigraph.controlplane.approval.ApprovalState;
import dev.omnigraph.controlplane.approval.Decision;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.graph.GraphRecovery;
import dev.omnigraph.controlplane.graph.GraphRoot;
import dev.omnigraph.controlplane.graph.SchemaApplication;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.plan.ChangeReason;
import dev.omnigraph.controlplane.plan.Gate;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drops that an approval makes hard (I5), on a store in memory: which approval counts, and what is removed when. */
class HardDropTest {

    private static final String SCHEMA = "schema.people";
    private static final GraphRoot ROOT = new GraphRoot("/memory/graphs/people.omni");
    private static final ObjectKey LIVE_SCHEMA = new ObjectKey("graphs/people.omni/_schema.pg");
    private static final String WHOLE =
            "node A { a: String @key  b: String?  c: String? } node B { k: String @key } node C { k: String @key }";
    private static final String SMALLER = "node A { a: String @key  c: String? } node C { k: String @key }";
    private static final String SMALLEST = "node A { a: String @key  c: String? }";
    private static final String[] DROPPED = {"node:A below 3", "node:B below 2"};

    private final MemoryCluster cluster = new MemoryCluster();
    private final DesiredCluster smaller = MemoryCluster.people(SMALLER);
    private final DesiredCluster smallest = MemoryCluster.people(SMALLEST);

    @BeforeEach
    void converge() {
        cluster.converge(MemoryCluster.people(WHOLE));
    }

    @Test
    void withoutAnApprovalDropsAreSoft() {
        Gate gate = gate(smaller);
        assertThat(gate.satisfied()).isFalse();
        assertThat(JsonText.compact(gate.toJson()))
                .contains(
                        "\"operation\":\"update\"",
                        "\"seen\":\"",
                        "the last version of a dropped type keeps its files");
        assertThat(PlanText.render(cluster.plan(smaller)))
                .contains("? schema.people  drops softly; an approval lets it remove data for good")
                .contains("drop node type B (hard), 0 rows: removes every version of the table before its last")
                .contains("the last version of a dropped type keeps its files");

        assertThat(cluster.apply(smaller).converged()).isTrue();

        assertThat(cluster.engine().removals()).isEmpty();
    }

    @Test
    void anApprovalMakesExactlyTheseDropsHardAndIsUsedOnce() {
        String digest = digest(smaller);
        String approval = approve(smaller);
        assertThat(digest(smaller)).isEqualTo(digest);
        assertThat(gate(smaller).satisfied()).isTrue();
        assertThat(JsonText.compact(cluster.plan(smaller).toJson()))
                .contains("\"mode\":\"hard\"")
                .doesNotContain("\"mode\":\"soft\"");

        ApplyOutput output = cluster.apply(smaller);

        assertThat(output.converged()).as("%s", output.diagnostics()).isTrue();
        assertThat(output.diagnostics()).isEmpty();
        assertThat(cluster.engine().removals()).containsExactlyInAnyOrder(DROPPED);
        isUsed(approval);
        assertThat(cluster.apply(smaller).result().stateWritten()).isFalse();
        assertThat(cluster.apply(smallest).converged()).isTrue();
        assertThat(cluster.engine().removals()).hasSize(2);
    }

    @Test
    void anApprovalOfAnotherChangeBlocksUntilItIsRevoked() {
        String approval = approve(smaller);

        PlanOutput plan = cluster.plan(smallest);
        assertThat(MemoryCluster.codes(plan)).containsExactly("approval_stale");
        isBlocked(smallest, "configuration, after_digest");

        assertThat(cluster.revoke(approval).ok()).isTrue();
        assertThat(cluster.apply(smallest).converged()).isTrue();
        assertThat(cluster.engine().removals()).isEmpty();
    }

    @Test
    void anApprovalOfAnotherChangeBlocksUntilItIsRenewed() {
        approve(smaller);
        isBlocked(smallest, "configuration, after_digest");

        approve(smallest);

        assertThat(cluster.apply(smallest).converged()).isTrue();
        assertThat(cluster.engine().removals()).contains(DROPPED).contains("node:C below 2");
    }

    @Test
    void aChangeWithoutDropsIsNotBlocked() {
        approve(smaller);
        DesiredCluster larger = MemoryCluster.people(WHOLE + " node D { k: String @key }");

        assertThat(cluster.plan(larger).diagnostics()).isEmpty();
        assertThat(cluster.apply(larger).converged()).isTrue();
    }

    @Test
    void anExpiredApprovalBlocks() {
        decide(smaller, Decision.APPROVE, Optional.of(Duration.ofHours(1)), false);
        cluster.pass(Duration.ofHours(1));

        isBlocked(smaller, "expired");
    }

    @Test
    void rowsThatAreWrittenAfterTheApprovalBlock() {
        approve(smaller);
        cluster.engine().commit(ROOT, "01KT0000000000000000000009");

        isBlocked(smaller, "data");

        decide(smaller, Decision.APPROVE, Optional.empty(), true);
        cluster.engine().commit(ROOT, "01KT0000000000000000000010");
        assertThat(cluster.apply(smaller).converged()).isTrue();
        assertThat(cluster.engine().removals()).contains(DROPPED);
    }

    @Test
    void rowsThatAreWrittenAtTheMomentKeepTheGraphAsItIs() {
        String approval = approve(smaller);
        cluster.store().disturb((call, key) -> {
            if (call == StoreCall.PUT_IF_ABSENT && key.path().startsWith(ControlKeys.RECOVERIES.path())) {
                cluster.store().calm();
                cluster.engine().commit(ROOT, "01KT0000000000000000000009");
            }
            return StoreFault.NONE;
        });

        ApplyOutput output = cluster.apply(smaller);

        assertThat(MemoryCluster.codes(output)).containsExactly("graph_moved");
        assertThat(cluster.text(LIVE_SCHEMA)).isEqualTo(WHOLE);
        assertThat(cluster.recoveries()).isEmpty();
        assertThat(cluster.objects(ControlKeys.CLEANUP)).isEmpty();
        assertThat(cluster.engine().removals()).isEmpty();
        assertThat(cluster.revoke(approval).ok()).isTrue();
    }

    @Test
    void aRejectionBlocksThisPlan() {
        approve(smaller);
        String rejection = decide(smaller, Decision.REJECT, Optional.empty(), false);
        assertThat(reason(smaller)).contains(ChangeReason.APPROVAL_REJECTED);
        assertThat(cluster.apply(smaller).converged()).isFalse();
        assertThat(cluster.text(LIVE_SCHEMA)).isEqualTo(WHOLE);

        assertThat(cluster.revoke(rejection).ok()).isTrue();

        assertThat(cluster.apply(smaller).converged()).isTrue();
        assertThat(cluster.engine().removals()).contains(DROPPED);
    }

    @Test
    void dropsThatCannotBeHardCannotBeApproved() {
        DesiredCluster renamed = MemoryCluster.people(
                "node Z @rename_from(\"A\") { a: String @key } node B { k: String @key } node C { k: String @key }");
        assertThat(gate(renamed).obstacle()).isPresent();

        ApproveOutput output = cluster.decide(renamed, SCHEMA, Decision.APPROVE, Optional.empty(), false);

        assertThat(MemoryCluster.codes(output)).containsExactly("approval_not_required");
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            mode = EnumSource.Mode.MATCH_ANY,
            names = "CLUSTER_APPLY_.*(APPROVAL_RESERVED|APPROVAL_PUBLISHED|CLEANUP_ANNOUNCED|SCHEMA_APPLY|HARD_DROP"
                    + "|STATE_WRITE|APPROVALS_MARKED|VERSION_CLEANUP|CLEANUP_DONE)")
    void whereverARunStopsTheNextOneEndsIt(FaultPoint point) {
        String approval = decide(smaller, Decision.APPROVE, Optional.of(Duration.ofHours(1)), false);
        cluster.stopAt(
                point,
                () -> assertThat(MemoryCluster.codes(cluster.apply(smaller))).contains("injected_failpoint"));

        ApplyOutput output = cluster.apply(smaller);

        assertThat(output.converged()).as("%s", output.diagnostics()).isTrue();
        assertThat(cluster.engine().removals()).contains(DROPPED);
        isUsed(approval);
    }

    @Test
    void refreshRecordsTheUseAndRemovesNothing() {
        String approval = approve(smaller);
        stop(FaultPoint.CLUSTER_APPLY_AFTER_SCHEMA_APPLY, smaller);

        assertThat(cluster.service()
                        .refresh(MemoryCluster.load(smaller), Set.of(), RunListener.NONE)
                        .ok())
                .isTrue();

        assertThat(cluster.ledger().approvalRecords()).containsOnlyKeys(approval);
        assertThat(cluster.artifact(approval).consumedAt()).isPresent();
        assertThat(cluster.engine().removals()).isEmpty();
        assertThat(cluster.apply(smaller).converged()).isTrue();
        assertThat(cluster.engine().removals()).containsExactlyInAnyOrder(DROPPED);
        isUsed(approval);
    }

    /** The undoing is a commit that the approver did not see; a refresh in between does not hide that it is to come. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatDiedInsideTheGraphIsUndoneBeforeItIsPlannedAndApprovedAnew(boolean refreshed) {
        String approval = approve(smaller);
        stop(FaultPoint.CLUSTER_APPLY_BEFORE_HARD_DROP, smaller);
        cluster.engine().endNextRecoveryOf("people", new GraphRecovery.Recovered());
        if (refreshed) {
            ObserveOutput output = cluster.service().refresh(MemoryCluster.load(smaller), Set.of(), RunListener.NONE);
            assertThat(output.ok()).isTrue();
            assertThat(MemoryCluster.codes(output)).containsExactly("cluster_recovery_pending");
            assertThat(cluster.recoveries()).containsExactly("retire");
            assertThat(MemoryCluster.codes(cluster.revoke(approval))).containsExactly("approval_in_use");
        }

        ApplyOutput blocked = cluster.apply(smaller);

        assertThat(MemoryCluster.codes(blocked)).containsExactly("approval_stale", "approval_stale");
        assertThat(blocked.diagnostics().toString()).contains("(data)", "was undone just now");
        assertThat(cluster.recoveries()).isEmpty();
        String renewed = approve(smaller);
        assertThat(cluster.apply(smaller).converged()).isTrue();
        assertThat(cluster.ledger().approvalRecords()).containsOnlyKeys(renewed);
        assertThat(cluster.engine().removals()).containsExactlyInAnyOrder(DROPPED);
    }

    @Test
    void aNewLedgerLearnsOfTheUse() {
        String approval = approve(smaller);
        stop(FaultPoint.CLUSTER_APPLY_AFTER_SCHEMA_APPLY, smaller);
        cluster.store().delete(ControlKeys.STATE);

        assertThat(cluster.service()
                        .importLedger(MemoryCluster.load(smaller), RunListener.NONE)
                        .ok())
                .isTrue();

        assertThat(cluster.ledger().approvalRecords()).containsOnlyKeys(approval);
        assertThat(cluster.apply(smaller).converged()).isTrue();
        assertThat(cluster.engine().removals()).containsExactlyInAnyOrder(DROPPED);
        isUsed(approval);
    }

    @Test
    void whatTheEnginesOwnToolRecordedWithoutTheApprovalIsMadeGood() {
        String approval = approve(smaller);
        stop(FaultPoint.CLUSTER_APPLY_AFTER_SCHEMA_APPLY, smaller);
        cluster.objects(ControlKeys.RECOVERIES).forEach(cluster.store()::delete); // as the tool's sweep does
        assertThat(cluster.service()
                        .refresh(MemoryCluster.load(smaller), Set.of(), RunListener.NONE)
                        .ok())
                .isTrue();
        assertThat(cluster.ledger().approvalRecords()).isEmpty();

        assertThat(cluster.apply(smaller).converged()).isTrue();

        assertThat(cluster.engine().removals()).containsExactlyInAnyOrder(DROPPED);
        assertThat(cluster.ledger().approvalRecords()).containsOnlyKeys(approval);
        cluster.apply(smaller);
        isUsed(approval);
    }

    @Test
    void twoHardDropsThatDieOneAfterTheOtherAreBothEnded() {
        String first = approve(smaller);
        stop(FaultPoint.CLUSTER_APPLY_AFTER_SCHEMA_APPLY, smaller);
        String second = approve(smallest);
        stop(FaultPoint.CLUSTER_APPLY_AFTER_SCHEMA_APPLY, smallest);
        assertThat(cluster.ledger().approvalRecords()).containsOnlyKeys(first);

        ApplyOutput output = cluster.apply(smallest);

        assertThat(output.converged()).as("%s", output.diagnostics()).isTrue();
        assertThat(cluster.engine().removals())
                .containsExactlyInAnyOrder("node:A below 3", "node:B below 2", "node:C below 2");
        assertThat(cluster.ledger().approvalRecords()).containsOnlyKeys(first, second);
        assertThat(operations()).doesNotHaveDuplicates();
        assertThat(cluster.recoveries()).isEmpty();
        assertThat(cluster.objects(ControlKeys.CLEANUP)).isEmpty();
    }

    @Test
    void anApprovalThatADeadRunHoldsCannotBeRevokedAndIsFreeOnceNothingCameOfIt() {
        String approval = approve(smaller);
        stop(FaultPoint.CLUSTER_APPLY_BEFORE_HARD_DROP, smaller);
        assertThat(cluster.recoveries()).containsExactly("retire");
        assertThat(MemoryCluster.codes(cluster.revoke(approval))).containsExactly("approval_in_use");

        assertThat(cluster.apply(MemoryCluster.people(WHOLE)).converged()).isTrue();

        assertThat(cluster.recoveries()).isEmpty();
        assertThat(cluster.objects(ControlKeys.CLEANUP)).isEmpty();
        assertThat(cluster.ledger().approvalRecords()).isEmpty();
        assertThat(cluster.engine().removals()).isEmpty();
        assertThat(cluster.revoke(approval).ok()).isTrue();
    }

    @Test
    void anApprovalThatWasUsedCannotBeRevoked() {
        String approval = approve(smaller);
        stop(FaultPoint.CLUSTER_APPLY_AFTER_SCHEMA_APPLY, smaller);
        assertThat(MemoryCluster.codes(cluster.revoke(approval))).containsExactly("approval_in_use");

        assertThat(cluster.apply(smaller).converged()).isTrue();

        assertThat(MemoryCluster.codes(cluster.revoke(approval))).containsExactly("approval_consumed");
    }

    @Test
    void nobodyMakesTheDropsHardThatHeApprovedWhereThatIsAskedFor() {
        MemoryCluster strict = new MemoryCluster(new ApprovalRules(true, true));
        strict.converge(MemoryCluster.people(WHOLE));
        assertThat(strict.decide(smaller, SCHEMA, Decision.APPROVE, Optional.empty(), false)
                        .ok())
                .isTrue();

        ApplyOutput own = strict.apply(smaller, "carol");

        assertThat(MemoryCluster.codes(own)).containsExactly("second_person_required");
        assertThat(strict.text(LIVE_SCHEMA)).isEqualTo(WHOLE);
        assertThat(strict.apply(smaller).converged()).isTrue();
        assertThat(strict.engine().removals()).containsExactlyInAnyOrder(DROPPED);
    }

    @Test
    void anArtifactWithoutOurRecordNeitherCountsNorBlocksWhereItIsIgnored() {
        MemoryCluster strict = new MemoryCluster(new ApprovalRules(false, false));
        strict.converge(MemoryCluster.people(WHOLE));
        String approval = strict.decide(smaller, SCHEMA, Decision.APPROVE, Optional.empty(), false)
                .decided()
                .orElseThrow()
                .approvalId();
        strict.store().delete(new ObjectKey("__control/approvals/" + approval + ".json"));

        ApplyOutput output = strict.apply(smaller);

        assertThat(output.converged()).isTrue();
        assertThat(MemoryCluster.codes(output)).containsExactly("approval_ignored");
        assertThat(strict.engine().removals()).isEmpty();
    }

    @Test
    void anArtifactWithoutOurRecordCounts() {
        String approval = approve(smaller);
        cluster.store().delete(new ObjectKey("__control/approvals/" + approval + ".json"));
        cluster.engine().commit(ROOT, "01KT0000000000000000000009");

        assertThat(cluster.apply(smaller).converged()).isTrue();

        assertThat(cluster.engine().removals()).containsExactlyInAnyOrder(DROPPED);
        isUsed(approval);
    }

    @Test
    void aMigrationThatSomebodyElseMadeUsesTheApprovalAndRemovesNothing() {
        String approval = approve(smaller);
        cluster.engine().endNextApplyOf("people", new SchemaApplication.AlreadyApplied(7));

        ApplyOutput output = cluster.apply(smaller);

        assertThat(output.converged()).isTrue();
        assertThat(MemoryCluster.codes(output)).containsExactly("version_cleanup_incomplete");
        assertThat(cluster.engine().removals()).isEmpty();
        isUsed(approval);
    }

    @Test
    void whatCannotBeRemovedIsToldAndTriedAgain() {
        String approval = approve(smaller);
        cluster.engine().failNextRemovalOf("node:B", "a broken disk");

        ApplyOutput output = cluster.apply(smaller);

        assertThat(output.converged()).isTrue();
        assertThat(MemoryCluster.codes(output)).containsExactly("version_cleanup_incomplete");
        assertThat(cluster.engine().removals()).containsExactly("node:A below 3");
        assertThat(cluster.objects(ControlKeys.CLEANUP)).hasSize(1);
        assertThat(cluster.apply(smaller).diagnostics()).isEmpty();
        assertThat(cluster.engine().removals()).contains(DROPPED);
        isUsed(approval);
    }

    @Test
    void whatIsToBeRemovedWaitsAsLongAsNobodyKnowsWhatBecameOfTheMigration() {
        String approval = approve(smaller);
        stop(FaultPoint.CLUSTER_APPLY_AFTER_SCHEMA_APPLY, smaller);
        byte[] schema = cluster.text(LIVE_SCHEMA).getBytes(StandardCharsets.UTF_8);
        cluster.store().delete(LIVE_SCHEMA);
        assertThat(cluster.apply(smaller).converged()).isFalse();
        assertThat(cluster.recoveries()).containsExactly("keepundecided");
        assertThat(cluster.objects(ControlKeys.CLEANUP)).hasSize(1);

        cluster.store().putIfAbsent(LIVE_SCHEMA, schema);

        assertThat(cluster.apply(smaller).converged()).isTrue();
        assertThat(cluster.engine().removals()).containsExactlyInAnyOrder(DROPPED);
        isUsed(approval);
    }

    @Test
    void aJournalThatCannotBeReadRemovesNothing() {
        ObjectKey journal = ControlKeys.CLEANUP.child("01KT0000000000000000000001.json");
        cluster.store().putIfAbsent(journal, "{\"format\": 2}".getBytes(StandardCharsets.UTF_8));

        assertThat(MemoryCluster.codes(cluster.apply(MemoryCluster.people(WHOLE))))
                .containsExactly("version_cleanup_incomplete");

        assertThat(cluster.isStored(journal)).isTrue();
    }

    private void stop(FaultPoint point, DesiredCluster desired) {
        cluster.stopAt(point, () -> assertThat(cluster.apply(desired).ok()).isFalse());
    }

    private String approve(DesiredCluster desired) {
        return decide(desired, Decision.APPROVE, Optional.empty(), false);
    }

    private String decide(
            DesiredCluster desired, Decision decision, Optional<Duration> expiresIn, boolean allowDataMovement) {
        ApproveOutput output = cluster.decide(desired, SCHEMA, decision, expiresIn, allowDataMovement);
        assertThat(output.ok()).as("%s", output.diagnostics()).isTrue();
        return output.decided().orElseThrow().approvalId();
    }

    private void isBlocked(DesiredCluster desired, String moved) {
        ApplyOutput output = cluster.apply(desired);
        assertThat(output.converged()).isFalse();
        assertThat(MemoryCluster.codes(output)).containsExactly("approval_stale");
        assertThat(output.diagnostics().toString()).contains("(" + moved + ")");
        assertThat(reason(desired)).contains(ChangeReason.APPROVAL_STALE);
        assertThat(cluster.text(LIVE_SCHEMA)).isEqualTo(WHOLE);
        assertThat(cluster.objects(ControlKeys.CLEANUP)).isEmpty();
    }

    private Optional<ChangeReason> reason(DesiredCluster desired) {
        return cluster.plan(desired).changes().stream()
                .filter(change -> change.resource().equals(new ResourceAddress.Schema("people")))
                .findFirst()
                .flatMap(change -> change.reason());
    }

    private Gate gate(DesiredCluster desired) {
        List<Gate> gates = cluster.plan(desired).plan().orElseThrow().possibleGates();
        assertThat(gates).hasSize(1);
        return gates.get(0);
    }

    private String digest(DesiredCluster desired) {
        return cluster.plan(desired).plan().orElseThrow().digest();
    }

    private List<String> operations() {
        return cluster.ledger().approvalRecords().keySet().stream()
                .map(id -> cluster.artifact(id).consumedByOperation().orElseThrow())
                .toList();
    }

    private void isUsed(String approval) {
        assertThat(cluster.ledger().digestOf(new ResourceAddress.Schema("people")))
                .contains(Sha256.hex(SMALLER));
        assertThat(cluster.ledger().approvalRecords()).containsOnlyKeys(approval);
        assertThat(cluster.ledger().approvalRecords().get(approval).toString())
                .contains(cluster.artifact(approval).consumedByOperation().orElseThrow());
        assertThat(cluster.recoveries()).isEmpty();
        assertThat(cluster.objects(ControlKeys.CLEANUP)).isEmpty();
        assertThat(cluster.service().approvals(MemoryCluster.load(smaller)))
                .extracting(ApprovalView::state)
                .containsExactly(ApprovalState.CONSUMED);
    }
}
