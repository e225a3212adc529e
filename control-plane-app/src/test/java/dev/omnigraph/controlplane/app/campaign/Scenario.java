package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A command on a prepared cluster.
 *
 * @param preparation leaves the cluster in its folder as the command finds it
 * @param command sends it
 * @param acknowledged whether the answer says that it is done
 * @param recorded whether the store says so; where it was acknowledged, it must
 */
record Scenario(
        String name,
        Preparation preparation,
        Function<ApiClient, Answer> command,
        Predicate<Answer> acknowledged,
        Predicate<StoredCluster> recorded) {

    @FunctionalInterface
    interface Preparation {
        void in(Path folder);
    }

    @Override
    public String toString() {
        return name;
    }
}
