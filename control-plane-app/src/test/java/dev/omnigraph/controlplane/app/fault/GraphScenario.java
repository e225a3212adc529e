package dev.omnigraph.controlplane.app.fault;

import dev.omnigraph.controlplane.app.replay.TestCluster;
import dev.omnigraph.controlplane.command.ApplyOutput;
import dev.omnigraph.controlplane.command.CommandOutput;
import dev.omnigraph.controlplane.fault.FaultPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One command that reads or writes graphs in a bucket.
 *
 * @param preparation brings a new cluster to where the command begins
 * @param dyingAt where an apply dies at the end of the preparation, if one does
 * @param command what is disturbed
 * @param graphs the graphs of the configuration that the command is run with, by name, with their schemas
 */
record GraphScenario(
        String name,
        Consumer<TestCluster> preparation,
        Optional<FaultPoint> dyingAt,
        Function<TestCluster, Ending> command,
        Map<String, String> graphs) {

    private static final String SCHEMA = """
            node Person {
                name: String @key
                age: I32?
            }
            node Place {
                name: String @key
            }
            """;
    private static final String WIDER = SCHEMA.replace("    age: I32?\n", "    age: I32?\n    born: Date?\n") + """
            edge Knows: Person -> Person
            """;
    private static final String NARROWER = """
            node Person {
                name: String @key
            }
            """;
    private static final Map<String, String> ONE = Map.of("people", SCHEMA);
    private static final Map<String, String> TWO = Map.of("people", SCHEMA, "scratch", SCHEMA);
    private static final Map<String, String> WIDE = Map.of("people", WIDER);
    private static final Map<String, String> NARROW = Map.of("people", NARROWER);

    /**
     * How a command ended.
     *
     * @param output what it says
     * @param done whether it says that it did what it is for
     */
    record Ending(CommandOutput output, boolean done) {}

    /** Each way in which a command uses Lance: it creates, migrates, drops for good, removes, ends what died, looks. */
    static List<GraphScenario> all() {
        return List.of(
                new GraphScenario("create", TestCluster::importLedger, Optional.empty(), GraphScenario::apply, ONE),
                new GraphScenario("migration", converged(ONE), Optional.empty(), GraphScenario::apply, WIDE),
                new GraphScenario(
                        "hard-drop",
                        converged(ONE).andThen(approved("schema.people", NARROW)),
                        Optional.empty(),
                        GraphScenario::apply,
                        NARROW),
                new GraphScenario(
                        "removal",
                        converged(TWO).andThen(approved("graph.scratch", ONE)),
                        Optional.empty(),
                        GraphScenario::apply,
                        ONE),
                new GraphScenario(
                        "recovery",
                        converged(ONE),
                        Optional.of(FaultPoint.SCHEMA_APPLY_AFTER_TABLE_WRITE),
                        GraphScenario::apply,
                        WIDE),
                new GraphScenario(
                        "refresh",
                        converged(ONE).andThen(cluster -> {
                            declare(cluster.folder(), WIDE);
                            cluster.migrate("people", WIDER);
                        }),
                        Optional.empty(),
                        cluster -> {
                            CommandOutput output = cluster.refresh();
                            return new Ending(output, output.ok());
                        },
                        WIDE));
    }

    static Ending apply(TestCluster cluster) {
        ApplyOutput output = cluster.applyOnRecord("alice");
        return new Ending(output, output.ok() && output.converged());
    }

    /** Whether ledger and graphs are as declared, to somebody who comes afresh. */
    Predicate<TestCluster> isDone() {
        return cluster -> cluster.plan().ok()
                && cluster.plan().changes().isEmpty()
                && graphs.entrySet().stream()
                        .allMatch(graph -> cluster.schemaOf(graph.getKey()).equals(Optional.of(graph.getValue())));
    }

    private static Consumer<TestCluster> converged(Map<String, String> graphs) {
        return cluster -> {
            declare(cluster.folder(), graphs);
            cluster.converge();
        };
    }

    private static Consumer<TestCluster> approved(String resource, Map<String, String> graphs) {
        return cluster -> {
            declare(cluster.folder(), graphs);
            if (!cluster.approve(resource, "carol").ok()) {
                throw new IllegalStateException(resource + " could not be approved");
            }
        };
    }

    /** Writes the configuration of these graphs. */
    static void declare(Path folder, Map<String, String> graphs) {
        StringBuilder yaml = new StringBuilder("version: 1\ngraphs:\n");
        try {
            for (Map.Entry<String, String> graph : new TreeMap<>(graphs).entrySet()) {
                String file = graph.getKey() + ".pg";
                Files.writeString(folder.resolve(file), graph.getValue());
                yaml.append("  ")
                        .append(graph.getKey())
                        .append(":\n    schema: ")
                        .append(file)
                        .append('\n');
            }
            Files.writeString(folder.resolve("cluster.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
