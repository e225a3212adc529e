package dev.omnigraph.controlplane.app.campaign;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Every command that changes something, each on a cluster of which it changes as much as it can; and the sweep. */
final class Scenarios {

    private final Clusters clusters;

    /** @param bases where clusters are kept from which several scenarios set out */
    Scenarios(Path bases) {
        this.clusters = new Clusters(bases);
    }

    List<Scenario> all() {
        return Stream.of(
                        ObservingScenarios.of(clusters),
                        ApplyingScenarios.of(clusters),
                        DecidingScenarios.of(clusters),
                        AdminScenarios.of(clusters),
                        SweepingScenarios.of(clusters),
                        ResumingScenarios.of(clusters))
                .flatMap(List::stream)
                .toList();
    }
}
