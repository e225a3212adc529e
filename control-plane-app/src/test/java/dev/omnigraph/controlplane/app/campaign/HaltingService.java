package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.ServiceProcess;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The whole service as a process that halts at one passing of one fault point, and soon counts as dead. */
final class HaltingService {

    /** So that the next service of the same name waits no longer for the death of this one than it must. */
    static final String HEARTBEAT = "--control-plane.instance.heartbeat=50ms";

    private HaltingService() {}

    /**
     * Works with a service until it halts.
     *
     * @return what the work came to; empty where the service was gone before it answered
     */
    static <T> Optional<T> run(Path folder, Passing halt, Function<ApiClient, T> work) {
        try (ServiceProcess.Started child =
                ServiceProcess.start(folder, "--control-plane.fault-points=" + halt.armed("halt"), HEARTBEAT)) {
            Optional<T> outcome = attempt(work, child.client());
            awaitHalt(child, halt, outcome);
            return outcome;
        }
    }

    private static void awaitHalt(ServiceProcess.Started child, Passing halt, Optional<?> outcome) {
        try {
            child.process().awaitExit();
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
