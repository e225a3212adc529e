package dev.omnigraph.controlplane.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.ControlPlaneApplication;
import dev.omnigraph.controlplane.app.campaign.StoredCluster;
import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.json.JsonNull;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stop that meets a step which does not end, as calls into native code cannot be ended. */
class OverdueStopTest {

    private static final String[] WAIT = {"Prefer", "wait=60"};
    private static final int KILLED = 137;
    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

    /** The graph is there; the ledger does not know of it. */
    private static final String NEVER_ENDS = "--control-plane.fault-points=cluster_apply.after_graph_create=delay:1h";

    @Test
    void theProcessHaltsAfterTheDeadlineAndTheNextStartGoesOnFromTheSidecar(@TempDir Path temporary)
            throws IOException {
        Path folder = temporary.toRealPath();
        SampleCluster.in(folder);
        String overdue;
        try (ChildJvm service = ChildJvm.start(
                List.of("--add-opens=java.base/java.nio=ALL-UNNAMED"),
                ControlPlaneApplication.class,
                "--server.port=0",
                "--control-plane.mode=dev",
                "--control-plane.config-dir=" + folder,
                "--control-plane.shutdown.deadline=200ms",
                "--logging.level.org.springframework.boot.tomcat=INFO",
                NEVER_ENDS)) {
            ApiClient client = new ApiClient(port(service));
            assertThat(client.post("/import", WAIT).text("outcome")).isEqualTo("converged");
            overdue = client.post("/apply").header("Location");
            while (!namesAVersion(folder)) {
                Thread.onSpinWait();
            }

            service.terminate();

            assertThat(service.awaitExit()).isEqualTo(KILLED);
        }

        try (RunningService next = RunningService.over(folder, RunningService.SHORT_HEARTBEAT)) {
            ApiClient client = next.client();
            assertThat(client.get(overdue).text("state")).isEqualTo("interrupted");
            assertThat(client.get("/status").text("diagnostics")).contains("cluster_recovery_pending");
            Answer applied = client.post("/apply", WAIT);
            assertThat(applied.text("outcome")).as(applied.body()).isEqualTo("converged");
            assertThat(applied.text("result.diagnostics")).contains("cluster_recovery_rolled_forward");
            assertThat(client.get("/recoveries").text("recoveries")).isEqualTo("[]");
        }
    }

    /** Until then the graph may not be there as a whole. */
    private static boolean namesAVersion(Path folder) {
        return StoredCluster.read(folder).sidecars().values().stream()
                .anyMatch(sidecar ->
                        sidecar.get("expected_manifest_version").orElse(JsonNull.INSTANCE) instanceof JsonNumber);
    }

    private static int port(ChildJvm service) {
        Matcher started = STARTED.matcher(service.awaitLine());
        while (!started.find()) {
            started = STARTED.matcher(service.awaitLine());
        }
        return Integer.parseInt(started.group(1));
    }
}
