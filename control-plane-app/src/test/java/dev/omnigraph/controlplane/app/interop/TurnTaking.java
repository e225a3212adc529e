package dev.omnigraph.controlplane.app.interop;

import dev.omnigraph.controlplane.app.replay.TestCluster;
import dev.omnigraph.controlplane.command.ApplyOutput;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.s3.EmbeddedS3;
import dev.omnigraph.controlplane.storage.s3.IndependentServers;
import dev.omnigraph.controlplane.storage.s3.S3ObjectStore;
import dev.omnigraph.controlplane.storage.s3.S3Server;
import dev.omnigraph.controlplane.storage.s3.TestBucket;
import dev.omnigraph.controlplane.testing.EngineProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The engine's own tool and this service work on one cluster in a bucket, one after the other: each changes what the other
 * left. Whatever one of them refuses is a finding.
 */
final class TurnTaking {

    private static final int KINDS = 4;
    private static final String POLICY = """
            version: 1
            groups:
              readers: [andrew]
            rules:
              - id: readers-list
                allow:
                  actors: { group: readers }
                  actions: [graph_list]
            """;

    private final EngineProgram engine = EngineProgram.require();
    private final S3Server server;
    private final StorageRoot.Bucket root = TestBucket.freshRoot();
    private final Path folder;
    private final Consumer<String> log;
    private final List<String> refusals = new ArrayList<>();

    private int properties;

    /** @param folder an empty one for the configuration */
    TurnTaking(Path folder, S3Server server, Consumer<String> log) {
        this.folder = folder;
        this.server = server;
        this.log = log;
    }

    /** Arguments: the folder to work in, the number of operations, and {@code weed} or {@code minio} for such a server. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]).toRealPath();
        int operations = Integer.parseInt(arguments[1]);
        EmbeddedS3 own = new EmbeddedS3();
        List<String> refusals;
        long started = System.nanoTime();
        try (own) {
            S3Server server = arguments.length > 2 ? IndependentServers.require(arguments[2]) : own;
            refusals = new TurnTaking(folder, server, System.out::println).run(operations);
        }
        refusals.forEach(System.err::println);
        System.out.printf(
                "%d operations in %d s, %d refusals%n",
                operations, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started), refusals.size());
        System.exit(refusals.isEmpty() ? 0 : 1);
    }

    /** What was refused in so many operations. */
    List<String> run(int operations) throws IOException {
        Files.writeString(folder.resolve("access.yaml"), POLICY);
        declare();
        try (S3ObjectStore store = TestBucket.open(server, root);
                TestCluster ours = TestCluster.inBucket(folder, store, store, FaultPoints.NONE)) {
            ours.importLedger();
            ApplyOutput first = ours.apply(Optional.of("andrew"));
            expect("our first apply", first.converged(), first.diagnostics());
            for (int turn = 0; turn < operations; turn++) {
                take(turn, ours);
            }
        }
        return refusals;
    }

    private void take(int turn, TestCluster ours) throws IOException {
        log.accept("operation " + turn);
        switch (turn % KINDS) {
            case 0 -> {
                properties++;
                declare();
                ApplyOutput output = ours.apply(Optional.of("andrew"));
                expect("our apply of property " + properties, output.converged(), output.diagnostics());
            }
            case 1 -> {
                Path rows = Files.writeString(
                        folder.resolve("rows.jsonl"),
                        "{\"type\":\"Person\",\"data\":{\"name\":\"p" + turn + "\",\"age\":" + turn + "}}\n");
                theirs("load", "--data", rows.toString(), "--mode", "append", graph());
                expect("rows of theirs", ours.rows("people", "node:Person") > 0, "none");
            }
            case 2 -> {
                properties++;
                declare();
                theirs("cluster", "apply", "--config", folder.toString(), "--as", "andrew");
            }
            default -> {
                ApplyOutput output = ours.apply(Optional.of("andrew"));
                expect(
                        "our apply of nothing",
                        output.converged() && output.result().changes().isEmpty(),
                        output.result());
                theirs("query", "--store", graph(), "-e", "query q() { match { $p: Person } return { $p.name } }");
            }
        }
    }

    private String graph() {
        return root.graphRoot("people").location();
    }

    private void theirs(String... arguments) {
        EngineProgram.Run run = engine.run(folder, server.environment(), arguments);
        expect(String.join(" ", arguments), run.exit() == 0, run.output() + run.errors());
    }

    private void expect(String what, boolean holds, Object otherwise) {
        if (!holds) {
            refusals.add(what + ": " + otherwise);
        }
    }

    private void declare() throws IOException {
        StringBuilder schema = new StringBuilder("node Person {\n  name: String @key\n  age: I32?\n");
        for (int i = 0; i < properties; i++) {
            schema.append("  p").append(i).append(": String?\n");
        }
        Files.writeString(folder.resolve("people.pg"), schema + "}\n");
        Files.writeString(folder.resolve("cluster.yaml"), "version: 1\nstorage: " + root.display() + """

                graphs:
                  people:
                    schema: people.pg
                policies:
                  access:
                    file: access.yaml
                    applies_to: [cluster]
                """);
    }
}
