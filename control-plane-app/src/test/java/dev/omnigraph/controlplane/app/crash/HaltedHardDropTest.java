package dev.omnigraph.controlplane.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.CopiedDeaths;
import dev.omnigraph.controlplane.app.testing.HardDropCluster;
import dev.omnigraph.controlplane.app.testing.Passing;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.ServiceProcess;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.testing.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The service dies in a migration whose drops are approved to be hard. Afterwards either everything that was approved is
 * removed and the approval used once, or nothing is and a person is asked anew.
 */
class HaltedHardDropTest {

    private static final String WAIT = "wait=60";
    private static final String DONE_AFTERWARDS =
            "CLUSTER_APPLY_AFTER_(APPROVAL_PUBLISHED|STATE_WRITE|VERSION_CLEANUP)|CLUSTER_APPLY_BEFORE_HARD_DROP"
                    + "|SCHEMA_APPLY_AFTER_MANIFEST_COMMIT";
    private static final FaultPoint UNDONE_AFTERWARDS = FaultPoint.SCHEMA_APPLY_AFTER_TABLE_WRITE;

    @TempDir
    static Path temporary;

    private static Path folder;
    private static CopiedDeaths deaths;
    private static String approval;

    @BeforeAll
    static void anApprovedMigrationWithItsDeaths() throws IOException {
        folder = temporary.toRealPath().resolve("cluster");
        HardDropCluster.in(folder);
        try (RunningService service = RunningService.over(folder, CopiedDeaths.HEARTBEAT)) {
            HardDropCluster.converge(folder, service.client());
            Answer decided = HardDropCluster.approve(service.client(), ", \"expires_in\": \"PT8H\"");
            assertThat(decided.status()).as(decided.body()).isEqualTo(201);
            approval = decided.text("approval_id");
        }
        FileTrees.copy(folder, temporary.resolve("approved"));
        deaths = new CopiedDeaths(
                folder,
                temporary.resolve("deaths"),
                point -> point.name().matches(DONE_AFTERWARDS) || point == UNDONE_AFTERWARDS);
        deaths.whileServing(
                client -> assertThat(client.post("/apply", "Prefer", WAIT).text("outcome"))
                        .isEqualTo("converged"));
    }

    @ParameterizedTest
    @EnumSource(value = FaultPoint.class, mode = EnumSource.Mode.MATCH_ANY, names = DONE_AFTERWARDS)
    void theNextApplyRemovesWhatWasApproved(FaultPoint point) throws IOException {
        deaths.leave(point);
        theNextApplyRemovesWhatWasApproved();
    }

    @Test
    void theNextApplyRemovesWhatWasApprovedAfterTheDeathOfAProcess() throws IOException {
        FileTrees.replace(folder, temporary.resolve("approved"));
        ServiceProcess.haltAt(
                new Passing(FaultPoint.SCHEMA_APPLY_AFTER_MANIFEST_COMMIT, 1),
                folder,
                client -> client.post("/apply", "Prefer", WAIT),
                CopiedDeaths.HEARTBEAT);
        theNextApplyRemovesWhatWasApproved();
    }

    private static void theNextApplyRemovesWhatWasApproved() throws IOException {
        try (RunningService service = RunningService.over(folder, CopiedDeaths.HEARTBEAT)) {
            ApiClient client = service.client();
            Answer applied = client.post("/apply", "Prefer", WAIT);

            assertThat(applied.text("outcome")).as(applied.body()).isEqualTo("converged");
            assertThat(client.get("/graphs/people").text("schema_digest"))
                    .isEqualTo(Sha256.hex(HardDropCluster.schema("v3")));
            assertThat(HardDropCluster.versions(folder, HardDropCluster.PERSON)).hasSize(1);
            assertThat(HardDropCluster.versions(folder, HardDropCluster.KNOWS)).hasSize(1);
            isUsedOnce(client);
            assertThat(client.post("/plan").text("changes")).isEqualTo("[]");
        }
    }

    /** The graph's own recovery undoes what was begun, which is a commit that the approver did not see. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasUndoneIsApprovedAnew(boolean refreshed) throws IOException {
        deaths.leave(UNDONE_AFTERWARDS);
        try (RunningService service = RunningService.over(folder, CopiedDeaths.HEARTBEAT)) {
            ApiClient client = service.client();
            if (refreshed) {
                Answer refresh = client.post("/refresh", "Prefer", WAIT);
                assertThat(refresh.text("result.diagnostics")).contains("cluster_recovery_pending");
                assertThat(client.get("/recoveries").text("recoveries")).contains("schema_apply");
            }
            whatWasUndoneIsApprovedAnew(client);
        }
    }

    /** The service lives, and yet the graph's own record of the migration is stored: what is left is what a death leaves. */
    @Test
    void whatFailedAliveIsUndoneAndApprovedAnewToo() throws IOException {
        FileTrees.replace(folder, temporary.resolve("approved"));
        String failing = new Passing(FaultPoint.CLUSTER_STORE_AFTER_GRAPH_FILE_WRITE, 1).armed("error");
        try (RunningService service =
                RunningService.over(folder, CopiedDeaths.HEARTBEAT, "--control-plane.fault-points=" + failing)) {
            ApiClient client = service.client();
            Answer failed = client.post("/apply", "Prefer", WAIT);
            assertThat(failed.text("outcome")).as(failed.body()).isEqualTo("recovery_required");
            assertThat(client.get("/recoveries").text("recoveries")).contains("schema_apply");

            whatWasUndoneIsApprovedAnew(client);
        }
    }

    private static void whatWasUndoneIsApprovedAnew(ApiClient client) throws IOException {
        Answer blocked = client.post("/apply", "Prefer", WAIT);

        assertThat(blocked.text("outcome")).as(blocked.body()).isEqualTo("blocked");
        assertThat(blocked.text("result.diagnostics")).contains("approval_stale", "(data)", "was undone just now");
        assertThat(client.get("/graphs/people").text("schema_digest"))
                .isEqualTo(Sha256.hex(HardDropCluster.schema("v2")));
        assertThat(HardDropCluster.versions(folder, HardDropCluster.KNOWS)).hasSizeGreaterThan(1);
        assertThat(folder.resolve("__control/cleanup")).isEmptyDirectory();
        assertThat(HardDropCluster.approve(client, "").status()).isEqualTo(201);

        Answer applied = client.post("/apply", "Prefer", WAIT);

        assertThat(applied.text("outcome")).as(applied.body()).isEqualTo("converged");
        assertThat(HardDropCluster.versions(folder, HardDropCluster.PERSON)).hasSize(1);
        assertThat(HardDropCluster.versions(folder, HardDropCluster.KNOWS)).hasSize(1);
    }

    private static void isUsedOnce(ApiClient client) throws IOException {
        Answer used = client.get("/approvals/" + approval);
        assertThat(used.text("state")).isEqualTo("consumed");
        assertThat(used.text("consumed_by_operation")).isEqualTo(used.text("reserved_for"));
        assertThat(Files.readString(folder.resolve("__cluster/state.json")))
                .contains("\"consumed_by_operation\": \"" + used.text("reserved_for") + "\"");
        assertThat(client.get("/recoveries").text("recoveries")).isEqualTo("[]");
        assertThat(folder.resolve("__control/cleanup")).isEmptyDirectory();
    }
}
