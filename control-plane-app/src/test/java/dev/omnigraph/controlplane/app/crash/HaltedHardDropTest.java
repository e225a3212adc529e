package dev.omnigraph.controlplane.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.HardDropCluster;
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

/**
 * The service halts in a migration whose drops are approved to be hard. Afterwards either everything that was approved is
 * removed and the approval used once, or nothing is and a person is asked anew.
 */
class HaltedHardDropTest {

    private static final String WAIT = "wait=60";

    @TempDir
    static Path temporary;

    private static Path approved;
    private static String approval;

    @BeforeAll
    static void aMigrationThatIsApproved() throws IOException {
        approved = temporary.toRealPath().resolve("approved");
        HardDropCluster.in(approved);
        try (RunningService service = RunningService.over(approved)) {
            HardDropCluster.converge(approved, service.client());
            Answer decided = HardDropCluster.approve(service.client(), ", \"expires_in\": \"PT8H\"");
            assertThat(decided.status()).as(decided.body()).isEqualTo(201);
            approval = decided.text("approval_id");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            mode = EnumSource.Mode.MATCH_ANY,
            names = {
                "CLUSTER_APPLY_AFTER_(APPROVAL_PUBLISHED|STATE_WRITE|VERSION_CLEANUP)",
                "CLUSTER_APPLY_BEFORE_HARD_DROP",
                "SCHEMA_APPLY_AFTER_MANIFEST_COMMIT"
            })
    void theNextApplyRemovesWhatWasApproved(FaultPoint point) throws IOException {
        Path folder = haltedAt(point);
        try (RunningService service = RunningService.over(folder, RunningService.SHORT_HEARTBEAT)) {
            ApiClient client = service.client();
            Answer applied = client.post("/apply", "Prefer", WAIT);

            assertThat(applied.text("outcome")).as(applied.body()).isEqualTo("converged");
            assertThat(client.get("/graphs/people").text("schema_digest"))
                    .isEqualTo(Sha256.hex(HardDropCluster.schema("v3")));
            assertThat(HardDropCluster.versions(folder, HardDropCluster.PERSON)).hasSize(1);
            assertThat(HardDropCluster.versions(folder, HardDropCluster.KNOWS)).hasSize(1);
            isUsedOnce(folder, client);
            assertThat(client.post("/plan").text("changes")).isEqualTo("[]");
        }
    }

    /** The graph's own recovery undoes what was begun, which is a commit that the approver did not see. */
    @Test
    void whatWasUndoneIsApprovedAnew() throws IOException {
        Path folder = haltedAt(FaultPoint.SCHEMA_APPLY_AFTER_TABLE_WRITE);
        try (RunningService service = RunningService.over(folder, RunningService.SHORT_HEARTBEAT)) {
            ApiClient client = service.client();
            Answer blocked = client.post("/apply", "Prefer", WAIT);

            assertThat(blocked.text("outcome")).as(blocked.body()).isEqualTo("blocked");
            assertThat(blocked.text("result.diagnostics")).contains("approval_stale", "(data)");
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
    }

    private static Path haltedAt(FaultPoint point) throws IOException {
        Path folder = temporary.toRealPath().resolve(point.name());
        FileTrees.copy(approved, folder);
        ServiceProcess.haltAt(
                point,
                folder,
                client -> assertThat(client.post("/apply").status()).isEqualTo(202));
        return folder;
    }

    private static void isUsedOnce(Path folder, ApiClient client) throws IOException {
        Answer used = client.get("/approvals/" + approval);
        assertThat(used.text("state")).isEqualTo("consumed");
        assertThat(used.text("consumed_by_operation")).isEqualTo(used.text("reserved_for"));
        assertThat(Files.readString(folder.resolve("__cluster/state.json")))
                .contains("\"consumed_by_operation\": \"" + used.text("reserved_for") + "\"");
        assertThat(client.get("/recoveries").text("recoveries")).isEqualTo("[]");
        assertThat(folder.resolve("__control/cleanup")).isEmptyDirectory();
    }
}
