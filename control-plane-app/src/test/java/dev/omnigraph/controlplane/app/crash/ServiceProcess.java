package dev.omnigraph.controlplane.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.testing.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The whole service as a process of its own, with armed fault points: says its port, and runs until it is killed or halts. */
final class ServiceProcess {

    private static final String PORT = "port ";

    private ServiceProcess() {}

    /** Runs the service until it halts at a point, to which the requests have to bring it. */
    static void haltAt(FaultPoint point, Path folder, Consumer<ApiClient> requests) {
        List<String> options = List.of("--add-opens=java.base/java.nio=ALL-UNNAMED");
        try (ChildJvm child = ChildJvm.start(options, ServiceProcess.class, folder, point.wire() + "=halt")) {
            String line = child.awaitLine();
            while (!line.startsWith(PORT)) {
                line = child.awaitLine(); // the libraries of the process say something on their own
            }
            requests.accept(new ApiClient(Integer.parseInt(line.substring(PORT.length()))));
            assertThat(child.awaitExit()).isNotZero();
        }
    }

    /** Takes the lock away that a dead process holds. */
    static void unlock(ApiClient client) {
        String lock = client.get("/status").text("state_observations.lock_id");
        assertThat(client.postJson("/force-unlock", "{\"lock_id\": \"" + lock + "\"}")
                        .status())
                .isEqualTo(200);
    }

    public static void main(String[] arguments) throws InterruptedException {
        try (RunningService service =
                RunningService.over(Path.of(arguments[0]), "--control-plane.fault-points=" + arguments[1])) {
            System.out.println(PORT + service.port());
            new CountDownLatch(1).await();
        }
    }
}
