package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.CopiedDeaths;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A command on a prepared cluster.
 *
 * @param settings of the services that carry it out and recover what it leaves
 * @param preparation leaves the cluster in its folder as the command finds it
 * @param command sends it
 * @param acknowledged whether the answer says that it is done
 * @param recorded whether the store says so; where it was acknowledged, it must
 */
record Scenario(
        String name,
        List<String> settings,
        Preparation preparation,
        Function<ApiClient, Answer> command,
        Predicate<Answer> acknowledged,
        Predicate<StoredCluster> recorded) {

    /** Approvals are of no use to the one who gave them. */
    static final String SECOND_PERSON = "--control-plane.approvals.require-second-person=true";

    Scenario {
        settings = List.copyOf(settings);
    }

    /** What a person sends to a service with the settings that it has by itself. */
    static Scenario of(
            String name,
            Preparation preparation,
            Function<Person, Answer> step,
            Predicate<Answer> acknowledged,
            Predicate<StoredCluster> recorded) {
        return new Scenario(
                name, List.of(), preparation, client -> step.apply(new Person(client)), acknowledged, recorded);
    }

    boolean asksForASecondPerson() {
        return settings.contains(SECOND_PERSON);
    }

    /** The settings, those of services that die and are started again, and more. */
    String[] settingsAnd(String... more) {
        List<String> all = new ArrayList<>(settings);
        all.add(CopiedDeaths.HEARTBEAT);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @FunctionalInterface
    interface Preparation {
        void in(Path folder);
    }

    @Override
    public String toString() {
        return name;
    }
}
