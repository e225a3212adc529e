package dev.omnigraph.controlplane.app.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.testing.ChildJvm;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;

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

    /** Starts one, with further settings such as {@code --control-plane.fault-points=…}, and waits for its port. */
    public static Started start(Path folder, String... settings) {
        return start(List.of(), folder, settings);
    }

    /** Starts one whose virtual machine has these options, and waits for its port. */
    public static Started start(List<String> options, Path folder, String... settings) {
        List<String> all = new ArrayList<>(List.of("--add-opens=java.base/java.nio=ALL-UNNAMED"));
        all.addAll(options);
        ChildJvm process = ChildJvm.start(
                all,
                ServiceProcess.class,
                Stream.concat(Stream.of(folder), Stream.of(settings)).toArray());
        String line = process.awaitLine();
        while (!line.startsWith(PORT)) {
            line = process.awaitLine(); // the libraries of the process say something on their own
        }
        return new Started(process, Integer.parseInt(line.substring(PORT.length())));
    }

    /**
     * Works with a service until it halts at one passing of a fault point, to which the work has to bring it.
     *
     * @return what the work came to; empty where the service was gone before it answered
     */
    public static <T> Optional<T> haltAt(Passing halt, Path folder, Function<ApiClient, T> work, String... settings) {
        return haltAt(List.of(), halt, folder, work, settings);
    }

    /** The same with a service whose virtual machine has these options. */
    public static <T> Optional<T> haltAt(
            List<String> options, Passing halt, Path folder, Function<ApiClient, T> work, String... settings) {
        String[] all = Stream.concat(
                        Stream.of("--control-plane.fault-points=" + halt.armed("halt")), Stream.of(settings))
                .toArray(String[]::new);
        try (Started child = start(options, folder, all)) {
            Optional<T> outcome = attempt(work, child.client());
            awaitHalt(child.process(), halt, outcome);
            return outcome;
        }
    }

    private static void awaitHalt(ChildJvm process, Passing halt, Optional<?> outcome) {
        try {
            assertThat(process.awaitExit()).isNotZero();
        } catch (IllegalStateException e) {
            throw new AssertionError("the service did not come to " + halt + ", and answered " + outcome, e);
        }
    }

    private static <T> Optional<T> attempt(Function<ApiClient, T> work, ApiClient client) {
        try {
            return Optional.of(work.apply(client));
        } catch (UncheckedIOException gone) {
            return Optional.empty();
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
