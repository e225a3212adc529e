package dev.omnigraph.controlplane.app.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.digest.Sha256;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each invariant of the campaign is broken once, and notices. */
class InvariantsTest {

    private static final String APPROVAL = "01KT0000000000000000000001";
    private static final String SIDECAR = "01KT0000000000000000000002";
    private static final String OTHER_SIDECAR = "01KT0000000000000000000003";
    private static final String SCHEMA = "node A { a: String @key }";

    @TempDir
    Path folder;

    private Invariants invariants;

    /** An approval by carol, reserved for a sidecar that an operation of bob announced, and used by it. */
    @BeforeEach
    void aClusterInOrder() {
        ledger(2, SCHEMA, consumedBy(SIDECAR));
        write("graphs/people.omni/_schema.pg", SCHEMA);
        artifact(SIDECAR);
        write("__control/consumed/" + APPROVAL + ".json", "{\"sidecar\": \"" + SIDECAR + "\"}");
        operation("01KT0000000000000000000004", "bob", SIDECAR);
        invariants = new Invariants(StoredCluster.read(folder), true);
        look();
        assertThat(invariants.violations()).isEmpty();
    }

    @Test
    void theRevisionDoesNotGoBack() {
        ledger(1, SCHEMA, consumedBy(SIDECAR));
        violates("the ledger went back from revision 2 to 1");
    }

    @Test
    void aRevisionHasOneContent() {
        ledger(2, SCHEMA, "");
        violates("revision 2 has two contents");
    }

    @Test
    void noGraphMovesWithoutASidecar() {
        write("graphs/people.omni/_schema.pg", SCHEMA + " node B { b: String @key }");
        violates("no sidecar speaks of graph people");
        write("__cluster/recoveries/" + OTHER_SIDECAR + ".json", "{\"graph_id\": \"people\"}");
        assertNoMore();
    }

    @Test
    void noSidecarIsRetiredBeforeItsOutcomeIsRecorded() {
        write("__cluster/recoveries/" + OTHER_SIDECAR + ".json", "{\"graph_id\": \"scratch\"}");
        write("graphs/scratch.omni/_schema.pg", SCHEMA);
        assertNoMore();
        assertThat(folder.resolve("__cluster/recoveries/" + OTHER_SIDECAR + ".json")
                        .toFile()
                        .delete())
                .isTrue();
        violates("no sidecar speaks of graph scratch");
    }

    @Test
    void anApprovalIsUsedOnce() {
        ledger(3, SCHEMA, consumedBy(OTHER_SIDECAR));
        violates("was used by " + SIDECAR + " and by " + OTHER_SIDECAR);
    }

    @Test
    void anApprovalIsUsedByTheOperationForWhichItIsReserved() {
        write("__control/consumed/" + APPROVAL + ".json", "{\"sidecar\": \"" + OTHER_SIDECAR + "\"}");
        violates("was used by " + SIDECAR + ", for which it is not reserved");
    }

    @Test
    void anApprovalIsUsedByTheSidecarThatNamesIt() {
        write(
                "__cluster/recoveries/" + SIDECAR + ".json",
                "{\"graph_id\": \"people\", \"approval_id\": \"" + OTHER_SIDECAR + "\"}");
        violates("was used by the operation of approval " + OTHER_SIDECAR);
    }

    @Test
    void aMarkedApprovalIsOnRecord() {
        ledger(3, SCHEMA, "");
        violates("is marked as used by " + SIDECAR);
    }

    @Test
    void aSidecarThatUsesAnApprovalWasAnnounced() {
        operation("01KT0000000000000000000004", "bob", OTHER_SIDECAR);
        violates("which no operation announced");
    }

    @Test
    void nobodyGoesOnUnderHisOwnApproval() {
        operation("01KT0000000000000000000005", "carol", SIDECAR);
        violates("was used by Optional[carol] too");
    }

    @Test
    void whatSucceededIsInALedger() {
        write(
                "__control/operations/01KT0000000000000000000006.json",
                "{\"state\": \"succeeded\", \"state_cas_after\": \"sha256:abc\", \"sidecars\": []}");
        violates("succeeded with ledger sha256:abc, which is nowhere");
        write("__control/history/00000000000000000001-abc.json", "{}");
        assertNoMore();
    }

    @Test
    void theSweepDeletesNoData() {
        StoredCluster before = StoredCluster.read(folder);
        assertThat(folder.resolve("graphs/people.omni/_schema.pg").toFile().delete())
                .isTrue();

        invariants.sweptNoData("then", before, StoredCluster.read(folder));

        assertThat(invariants.violations()).containsExactly("then: the sweep took _schema.pg of graph people");
        write("__control/trash/" + SIDECAR + "/people.omni/_schema.pg", SCHEMA);
        invariants.sweptNoData("then", before, StoredCluster.read(folder));
        assertThat(invariants.violations()).hasSize(1);
    }

    private void violates(String what) {
        look();
        assertThat(invariants.violations()).anyMatch(violation -> violation.contains(what));
    }

    private void assertNoMore() {
        int known = invariants.violations().size();
        look();
        assertThat(invariants.violations()).hasSize(known);
    }

    private void look() {
        invariants.look("then", StoredCluster.read(folder));
    }

    private void ledger(int revision, String schema, String approvals) {
        write("__cluster/state.json", """
                {"state_revision": %d, "applied_revision": {"resources": {"schema.people": {"digest": "%s"}}}, \
                "approval_records": {%s}}
                """.formatted(revision, Sha256.hex(schema), approvals));
    }

    private static String consumedBy(String sidecar) {
        return "\"" + APPROVAL + "\": {\"consumed_by_operation\": \"" + sidecar + "\"}";
    }

    private void artifact(String sidecar) {
        write(
                "__cluster/approvals/" + APPROVAL + ".json",
                "{\"resource\": \"graph.scratch\", \"approved_by\": \"carol\", \"consumed_at\": \"now\","
                        + " \"consumed_by_operation\": \"" + sidecar + "\"}");
    }

    private void operation(String id, String actor, String sidecar) {
        write(
                "__control/operations/" + id + ".json",
                "{\"state\": \"running\", \"actor\": \"" + actor + "\", \"sidecars\": [\"" + sidecar + "\"]}");
    }

    private void write(String path, String text) {
        new SampleCluster(folder).write(path, text);
    }
}
