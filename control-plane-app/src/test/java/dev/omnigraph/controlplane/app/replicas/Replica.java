package dev.omnigraph.controlplane.app.replicas;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.ServiceProcess;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;

/** One service of a campaign, under one name however often it is killed. */
final class Replica implements AutoCloseable {

    private static final int MAX_STARTS = 5;

    private final String name;
    private final Site site;
    private volatile ServiceProcess.Started process;

    Replica(String name, Site site) {
        this.name = name;
        this.site = site;
        this.process = start();
    }

    /** A start that the storage does not let through is tried again, as a supervisor would. */
    private ServiceProcess.Started start() {
        for (int attempt = 1; attempt < MAX_STARTS; attempt++) {
            try {
                return startOnce();
            } catch (IllegalStateException ended) {
                System.err.println("replica " + name + " did not start: " + ended.getMessage());
            }
        }
        return startOnce();
    }

    private ServiceProcess.Started startOnce() {
        return ServiceProcess.start(
                site.options(),
                site.folder(),
                site.settingsWith("--control-plane.instance-id=" + name, "--control-plane.lock.wait=10s"));
    }

    /** Kills it as {@code kill -9} does, and starts it again. */
    void killAndRestart() {
        process.process().kill();
        process = start();
    }

    /** Sends a request; empty where the process died before it answered. */
    Optional<Answer> ask(Function<ApiClient, Answer> request) {
        try {
            return Optional.of(request.apply(process.client()));
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
