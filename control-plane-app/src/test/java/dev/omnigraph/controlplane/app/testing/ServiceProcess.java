package dev.omnigraph.controlplane.app.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.testing.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * The whole service as a process of its own: says its port, and runs until it is killed or halts. Arguments are the
 * configuration folder and settings.
 */
public final class ServiceProcess {

    private static final String PORT = "port ";

    private ServiceProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        String[] settings = Arrays.copyOfRange(arguments, 1, arguments.length);
        try (RunningService service = RunningService.over(Path.of(arguments[0]), settings)) {
            System.out.println(PORT + service.port());
            new CountDownLatch(1).await();
        }
    }

    /** Starts one and waits for its port. */
    public static Started start(Path folder, String... settings) {
        return start(List.of(), folder, settings);
    }

    /** Starts one whose virtual machine has these options, and waits for its port. */
    public static Started start(List<String> options, Path folder, String... settings) {
        List<String> all = new ArrayList<>(List.of("--add-opens=java.base/java.nio=ALL-UNNAMED"));
        all.addAll(options);
        List<Object> arguments = new ArrayList<>(List.of(folder));
        arguments.addAll(List.of(settings));
        ChildJvm process = ChildJvm.start(all, ServiceProcess.class, arguments.toArray());
        String line = process.awaitLine();
        while (!line.startsWith(PORT)) {
            line = process.awaitLine(); // the libraries of the process say something on their own
        }
        return new Started(process, Integer.parseInt(line.substring(PORT.length())));
    }

    /** Runs the service until it halts at a point, to which the requests have to bring it. */
    public static void haltAt(FaultPoint point, Path folder, Consumer<ApiClient> requests) {
        try (Started child = start(
                folder, "--control-plane.fault-points=" + point.wire() + "=halt", RunningService.SHORT_HEARTBEAT)) {
            requests.accept(child.client());
            assertThat(child.process().awaitExit()).isNotZero();
        }
    }

    /** A process that answers requests. */
    public record Started(ChildJvm process, int port) implements AutoCloseable {

        public ApiClient client() {
            return new ApiClient(port);
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
