package dev.omnigraph.controlplane.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.testing.ChildJvm;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The whole service as a process of its own: says its port, and runs until it is killed or halts. */
public final class ServiceProcess {

    private static final String PORT = "port ";

    private ServiceProcess() {}

    /** Starts it over a folder, with further settings such as {@code --control-plane.fault-points=…}. */
    public static ChildJvm start(Path folder, String... settings) {
        return ChildJvm.start(
                List.of("--add-opens=java.base/java.nio=ALL-UNNAMED"),
                ServiceProcess.class,
                Stream.concat(Stream.of(folder), Stream.of(settings)).toArray());
    }

    /** Waits until it serves; the libraries of the process say something on their own before. */
    public static int port(ChildJvm process) {
        String line = process.awaitLine();
        while (!line.startsWith(PORT)) {
            line = process.awaitLine();
        }
        return Integer.parseInt(line.substring(PORT.length()));
    }

    /** Runs the service until it halts at a point, to which the requests have to bring it. */
    static void haltAt(FaultPoint point, Path folder, Consumer<ApiClient> requests) {
        try (ChildJvm child = start(folder, "--control-plane.fault-points=" + point.wire() + "=halt")) {
            requests.accept(new ApiClient(port(child)));
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
        String[] settings = Arrays.copyOfRange(arguments, 1, arguments.length);
        try (RunningService service = RunningService.over(Path.of(arguments[0]), settings)) {
            System.out.println(PORT + service.port());
            new CountDownLatch(1).await();
        }
    }
}
