package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.app.crash.ServiceProcess;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.testing.ChildJvm;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The whole service as a process that halts at one passing of one fault point. */
final class HaltingService {

    private HaltingService() {}

    /**
     * Works with a service until it halts.
     *
     * @return what the work came to; empty where the service was gone before it answered
     */
    static <T> Optional<T> run(Path folder, Passing halt, Function<ApiClient, T> work) {
        try (ChildJvm child = ServiceProcess.start(folder, "--control-plane.fault-points=" + halt.armed("halt"))) {
            Optional<T> outcome = attempt(work, new ApiClient(ServiceProcess.port(child)));
            awaitHalt(child, halt, outcome);
            return outcome;
        }
    }

    private static void awaitHalt(ChildJvm child, Passing halt, Optional<?> outcome) {
        try {
            child.awaitExit();
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
}
