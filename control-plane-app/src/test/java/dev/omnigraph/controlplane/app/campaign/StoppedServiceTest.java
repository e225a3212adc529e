package dev.omnigraph.controlplane.app.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operating system stops a service in the middle of an apply, and lets it go on when the world is another one. */
class StoppedServiceTest {

    /** Long enough to be stopped in; the wait ends while the process is stopped. */
    private static final String WAITS_BEFORE_THE_DELETE =
            "--control-plane.fault-points=cluster_apply.before_graph_delete=delay:5s";

    @Test
    void anApplyThatWakesLateTouchesNoGraphThatWasCreatedAnew(@TempDir Path temporary) throws IOException {
        Path folder = Files.createDirectory(temporary.toRealPath().resolve("cluster"));
        new Clusters(temporary.resolve("bases")).withADeleteApproved(folder);
        try (ServiceProcess.Started sleeper = ServiceProcess.start(
                folder,
                "--control-plane.instance-id=sleeper",
                WAITS_BEFORE_THE_DELETE,
                RunningService.SHORT_HEARTBEAT)) {
            ApiClient asleep = sleeper.client();
            Answer accepted = new Person(asleep).begin();
            assertThat(accepted.status()).isEqualTo(202);
            awaitSidecar(folder);
            sleeper.process().suspend();
            StoredCluster before;
            try (RunningService other =
                    RunningService.over(folder, "--control-plane.instance-id=other", RunningService.SHORT_HEARTBEAT)) {
                awaitSilence(other.client());
                Person person = new Person(other.client());
                person.lookAndUnlock();
                assertThat(person.apply().text("outcome")).isEqualTo("converged");
                assertThat(folder.resolve("graphs/scratch.omni")).doesNotExist();
                Clusters.declareTwoGraphs(folder);
                assertThat(person.apply().text("outcome")).isEqualTo("converged");
                before = StoredCluster.read(folder);
                assertThat(before.graphs()).containsOnlyKeys("people", "scratch");
            }

            sleeper.process().resume();

            Answer ended = asleep.get(accepted.header("Location") + "?wait=60");
            assertThat(ended.text("state")).as(ended.body()).isIn("failed", "interrupted");
            // Operations run one after the other: what answers now did not begin before the sleeper had ended.
            Answer next = new Person(asleep).apply();
            assertThat(next.text("outcome")).as(next.body()).isEqualTo("converged");
            StoredCluster after = StoredCluster.read(folder);
            assertThat(after.graphs()).isEqualTo(before.graphs());
            assertThat(after.ledger()).isEqualTo(before.ledger());
            assertThat(after.sidecars()).isEmpty();
            assertThat(after.aside()).isEmpty();
            assertThat(after.locked()).isFalse();
        }
    }

    /** Until then nobody takes the lock away from it by mistake, or decides on what it is at work on. */
    private static void awaitSilence(ApiClient client) {
        while (!client.get("/lock").text("holder.instance.sign_of_life").equals("silent")) {
            Thread.onSpinWait();
        }
    }

    private static void awaitSidecar(Path folder) {
        while (StoredCluster.read(folder).sidecars().isEmpty()) {
            Thread.onSpinWait();
        }
    }
}
