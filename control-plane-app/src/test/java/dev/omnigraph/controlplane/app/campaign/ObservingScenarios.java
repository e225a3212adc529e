package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.testing.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Commands that record what there is, and change no graph. */
final class ObservingScenarios {

    private ObservingScenarios() {}

    static List<Scenario> of(Clusters clusters) {
        return List.of(
                Scenario.of(
                        "import",
                        SampleCluster::in,
                        Person::importLedger,
                        Clusters::succeeded,
                        now -> now.ledger().isPresent()),
                Scenario.of(
                        "import-of-a-lost-ledger",
                        folder -> {
                            clusters.withAnUsedApproval(folder);
                            remove(folder.resolve("__cluster/state.json"));
                        },
                        Person::importLedger,
                        Clusters::succeeded,
                        now -> now.consumptions().size() == 1),
                Scenario.of(
                        "refresh",
                        folder -> {
                            clusters.converged(folder);
                            remove(folder.resolve("__cluster/resources"));
                        },
                        Person::refresh,
                        Clusters::succeeded,
                        now -> now.recorded("query.people.find_person").isEmpty()));
    }

    private static void remove(Path path) {
        try {
            FileTrees.remove(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
