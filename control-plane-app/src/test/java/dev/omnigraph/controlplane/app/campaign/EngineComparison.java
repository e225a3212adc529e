package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.testing.EngineProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Lets the engine's own tool take over what a dead service left, and says where the ledger that it makes is another one than
 * this service makes of the same.
 */
final class EngineComparison {

    private static final String HALF_MIGRATED =
            "docs/migrations.md: the tool ends no half done migration; SweepsAgreeTest shows where both agree";

    /** Where the two differ on purpose, by scenario, with the row of the design that says so. */
    private static final Map<String, String> DECLARED = Map.of(
            "schema-apply", HALF_MIGRATED,
            "schema-apply-published", HALF_MIGRATED,
            "schema-apply-promoted", HALF_MIGRATED,
            "schema-apply-undone", HALF_MIGRATED,
            "hard-drop", "I5: the tool drops softly",
            "reject", "I19: the tool knows no rejections",
            "revoke", "I19: until its artifact is marked, the tool knows of no revocation",
            "freeze", "the tool knows no freeze",
            "thaw", "the tool knows no freeze",
            "quarantine", "I2: the tool skips what it cannot read");

    private final EngineProgram engine;
    private final Path cluster;

    EngineComparison(EngineProgram engine, Path cluster) {
        this.engine = engine;
        this.cluster = cluster;
    }

    /** What a ledger says, and what is there, without times and ids that each run makes anew. */
    private record Settled(
            Set<String> approvalsUsed,
            SortedMap<String, String> recorded,
            SortedMap<String, String> live,
            boolean pending) {

        static Settled of(StoredCluster stored) {
            SortedMap<String, String> recorded = new TreeMap<>();
            stored.recordedGraphs()
                    .forEach(graph -> stored.recorded("schema." + graph)
                            .ifPresent(digest -> recorded.put("schema." + graph, digest)));
            stored.recorded("query.people.find_person")
                    .ifPresent(digest -> recorded.put("query.people.find_person", digest));
            SortedMap<String, String> live = new TreeMap<>();
            stored.graphs()
                    .keySet()
                    .forEach(graph -> live.put(graph, stored.liveSchema(graph).orElse("")));
            return new Settled(
                    stored.consumptions().keySet(),
                    recorded,
                    live,
                    !stored.sidecars().isEmpty());
        }
    }

    /** The difference; empty where there is none, or it is declared. */
    Optional<String> differenceAt(Scenario scenario, Path state) throws IOException {
        if (DECLARED.containsKey(scenario.name())) {
            return Optional.empty();
        }
        Folders.replace(cluster, state);
        StoredCluster left = StoredCluster.read(cluster);
        if (left.ledger().isEmpty() || isHiddenFromTheTool(left)) {
            return Optional.empty();
        }
        Settled ours = bySelf();
        Folders.replace(cluster, state);
        Settled theirs = byEngine();
        return ours.equals(theirs) ? Optional.empty() : Optional.of("ours is " + ours + ", the tool's " + theirs);
    }

    /** I19: an approval with an expiry is shown to the tool only at the moment of its use. */
    private static boolean isHiddenFromTheTool(StoredCluster left) {
        return !left.artifacts().keySet().containsAll(left.decisions().keySet());
    }

    private Settled bySelf() {
        try (RunningService service = RunningService.over(cluster, HaltingService.HEARTBEAT)) {
            Person person = new Person(service.client());
            person.lookAndUnlock();
            person.refresh();
            person.apply();
        }
        return Settled.of(StoredCluster.read(cluster));
    }

    private Settled byEngine() throws IOException {
        String config = cluster.toString();
        Path lock = cluster.resolve("__cluster/lock.json");
        if (Files.exists(lock)) {
            String id = Files.readString(lock).replaceAll("(?s).*\"lock_id\": *\"([^\"]+)\".*", "$1");
            engine.run(cluster, "cluster", "force-unlock", id, "--config", config);
        }
        engine.run(cluster, "cluster", "refresh", "--config", config, "--json");
        engine.run(cluster, "cluster", "apply", "--config", config, "--as", "carol", "--json");
        return Settled.of(StoredCluster.read(cluster));
    }
}
