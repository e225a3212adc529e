package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.app.testing.CopiedDeaths;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.testing.EngineProgram;
import dev.omnigraph.controlplane.testing.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lets the engine's own tool take over what a dead service left, and says where it comes to something else than this
 * service does from the same.
 */
final class EngineComparison {

    private final EngineProgram engine;
    private final Path cluster;

    EngineComparison(EngineProgram engine, Path cluster) {
        this.engine = engine;
        this.cluster = cluster;
    }

    /**
     * What came of it.
     *
     * @param deviations what explains that the two differ; empty where they do not
     * @param unexplained the difference that nothing explains
     */
    record Outcome(Set<Deviation> deviations, Optional<String> unexplained) {}

    /** Takes over from one death. */
    Outcome at(Path state) throws IOException {
        FileTrees.replace(cluster, state);
        StoredCluster left = StoredCluster.read(cluster);
        Settled ours = bySelf(left);
        FileTrees.replace(cluster, state);
        String said = byEngine(left);
        return compare(left, ours, Settled.of(StoredCluster.read(cluster)), said);
    }

    /** Only what was left explains a difference, and only in what it is about. */
    static Outcome compare(StoredCluster left, Settled ours, Settled theirs, String said) {
        if (ours.equals(theirs)) {
            return new Outcome(EnumSet.noneOf(Deviation.class), Optional.empty());
        }
        Set<Deviation> deviations = Deviation.from(left, said);
        Set<String> graphs = new TreeSet<>();
        Set<String> approvals = new TreeSet<>();
        deviations.forEach(deviation -> {
            graphs.addAll(deviation.graphs(left));
            approvals.addAll(deviation.approvals(left));
        });
        return new Outcome(
                deviations,
                ours.without(graphs, approvals).equals(theirs.without(graphs, approvals))
                        ? Optional.empty()
                        : Optional.of("ours is " + ours + ", the tool's " + theirs + "; it said " + said));
    }

    /** A freeze is thawed first: the tool knows of none. */
    private Settled bySelf(StoredCluster left) {
        try (RunningService service = RunningService.over(cluster, CopiedDeaths.HEARTBEAT)) {
            Person person = new Person(service.client());
            person.lookAndUnlock();
            if (left.frozen()) {
                person.thaw();
            }
            if (left.ledger().isEmpty()) {
                person.importLedger();
            }
            person.refresh();
            person.apply();
        }
        return Settled.of(StoredCluster.read(cluster));
    }

    private String byEngine(StoredCluster left) throws IOException {
        String config = cluster.toString();
        Path lock = cluster.resolve("__cluster/lock.json");
        StringBuilder said = new StringBuilder();
        if (Files.exists(lock)) {
            String id = Files.readString(lock).replaceAll("(?s).*\"lock_id\": *\"([^\"]+)\".*", "$1");
            engine.run(cluster, "cluster", "force-unlock", id, "--config", config);
        }
        if (left.ledger().isEmpty()) {
            said.append(engine.run(cluster, "cluster", "import", "--config", config, "--json")
                    .output());
        }
        said.append(engine.run(cluster, "cluster", "refresh", "--config", config, "--json")
                .output());
        said.append(engine.run(cluster, "cluster", "apply", "--config", config, "--as", "carol", "--json")
                .output());
        return said.toString();
    }
}
