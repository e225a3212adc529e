package dev.omnigraph.controlplane.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.app.testing.ServiceProcess;
import dev.omnigraph.controlplane.fault.FaultPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a cluster where the sign of life fails that names the lock a command is going to ask for. */
class DeadAnnouncementTest {

    private static final String[] WAIT = {"Prefer", "wait=60"};
    /** The first sign of a process is that of its start; with no others by the clock, the second is that of a command. */
    private static final String OF_A_COMMAND = "@2=";

    private static final String NONE_BY_THE_CLOCK = "--control-plane.instance.heartbeat=1h";

    @TempDir
    Path temporary;

    private Path folder = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        folder = temporary.toRealPath();
        SampleCluster.in(folder);
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"CLUSTER_STORE_BEFORE_SIGN_WRITE", "CLUSTER_STORE_AFTER_SIGN_WRITE"})
    void whoDiesThereLeavesNoLock(FaultPoint point) {
        try (ServiceProcess.Started child = ServiceProcess.start(folder, at(point, "halt"), NONE_BY_THE_CLOCK)) {
            importUnanswered(child.client());
            assertThat(child.process().awaitExit()).isNotZero();
        }

        try (RunningService next = RunningService.over(folder, RunningService.SHORT_HEARTBEAT)) {
            assertThat(next.client().get("/lock").text("locked")).isEqualTo("false");
            assertThat(next.client().post("/import", WAIT).text("outcome")).isEqualTo("converged");
        }
    }

    /** Its answer and its end race. */
    private static void importUnanswered(ApiClient client) {
        try {
            assertThat(client.post("/import").status()).isEqualTo(202);
        } catch (UncheckedIOException gone) {
            assertThat(gone).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void whoDoesNotKnowWhetherItIsStoredDoesNotAskForTheLock() {
        String fault = at(FaultPoint.CLUSTER_STORE_AFTER_SIGN_WRITE, "lost-answer");
        try (RunningService service = RunningService.over(folder, fault, NONE_BY_THE_CLOCK)) {
            Answer refused = service.client().post("/import", WAIT);
            assertThat(refused.text("problem.code")).as(refused.body()).isEqualTo("storage_unavailable");
            assertThat(folder.resolve("__cluster")).doesNotExist();

            assertThat(service.client().post("/import", WAIT).text("outcome")).isEqualTo("converged");
        }
    }

    private static String at(FaultPoint point, String action) {
        return "--control-plane.fault-points=" + point.wire() + OF_A_COMMAND + action;
    }
}
