package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.GraphRoot;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import dev.omnigraph.controlplane.language.schema.TableDefinition;
import dev.omnigraph.controlplane.storage.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Dataset;

/**
 * Brings a graph of people who know each other into the states in which dying writers leave graphs. Ada and Grace are
 * published; who comes later is not.
 */
final class InterruptedGraph implements AutoCloseable {

    static final String SCHEMA = "node Person {\n  name: String @key\n}\n\nedge Knows: Person -> Person\n";
    /** Knows is dropped and Team added. */
    static final String TEAMS = "node Person {\n  name: String @key\n}\n\nnode Team {\n  name: String @key\n}\n";

    /** Nothing but a description is added. */
    static final String DESCRIBED = SCHEMA.replace("Person {", "Person @description(\"someone\") {");

    static final String PERSON = "node:Person";
    static final String KNOWS = "edge:Knows";
    static final String NAME = "graph.omni";
    static final String OPERATION = "01M829D798E99EHKNB4MGXYZJC";

    private final DatasetLocation root;
    private final RootAllocator allocator = LanceRuntime.start();
    private final DurableTree durable = new DurableTree();
    private final LanceDatasets datasets = new LanceDatasets(allocator);
    private final ManifestReader manifests = new ManifestReader(datasets);
    private final ManifestPublisher publisher =
            new ManifestPublisher(allocator, manifests, durable, FaultPoints.NONE, InstantSource.system());
    private final GraphTexts texts;
    private final CompiledSchema schema;
    private final List<RecoverySidecar.Pin> pins = new ArrayList<>();
    private final List<RecoverySidecar.Registration> registrations = new ArrayList<>();
    private final List<RecoverySidecar.Tombstone> tombstones = new ArrayList<>();

    /** @param folder that the graph is made in */
    InterruptedGraph(Path folder) throws Exception {
        this(new TestFolder(folder));
    }

    /** @param storage that the graph is made in */
    InterruptedGraph(TestStorage storage) throws Exception {
        ObjectKey key = new ObjectKey(NAME);
        try (TestCluster cluster = new TestCluster(storage)) {
            cluster.engine().create(new GraphRoot(storage.lance().display(key)), SCHEMA, "claimant", () -> {});
        }
        this.root = storage.lance().locate(key);
        this.texts = new GraphTexts(storage.store(), key);
        this.schema = CompiledSchema.compile(SCHEMA);
        append(PERSON, Optional.empty(), "Ada", "Grace");
        append(KNOWS, Optional.empty(), "Ada-Grace");
        publish(Optional.empty(), PERSON, KNOWS);
    }

    /** Its root, in a folder. */
    Path root() {
        return ((FolderLocation) root).path();
    }

    /** Its root. */
    DatasetLocation location() {
        return root;
    }

    DatasetLocation table(String key, Optional<String> branch) {
        return GraphLayout.onBranch(root.resolve(GraphLayout.tablePath(key).orElseThrow()), branch);
    }

    /** Writes rows: names of people, or pairs of them. The manifest does not show them. */
    void append(String key, Optional<String> branch, String... rows) throws Exception {
        TableDefinition table = schema.tables().stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow();
        try (ArrowReader reader =
                new OneBatchReader(GraphLayout.columns(table), batch -> fill(batch, rows), allocator)) {
            datasets.append(table(key, branch), reader);
        }
    }

    private static void fill(VectorSchemaRoot batch, String... rows) {
        batch.allocateNew();
        for (int row = 0; row < rows.length; row++) {
            for (FieldVector column : batch.getFieldVectors()) {
                byte[] text = value(column.getName(), rows[row]).getBytes(StandardCharsets.UTF_8);
                ((VarCharVector) column).setSafe(row, text);
            }
        }
        batch.setRowCount(rows.length);
    }

    private static String value(String column, String row) {
        return switch (column) {
            case "src" -> row.substring(0, row.indexOf('-'));
            case "dst" -> row.substring(row.indexOf('-') + 1);
            default -> row;
        };
    }

    /** Publishes the newest versions of tables. */
    void publish(Optional<String> branch, String... keys) throws Exception {
        List<ManifestChange> changes = new ArrayList<>();
        TableVersions versions = new TableVersions(datasets, durable);
        for (String key : keys) {
            DatasetLocation dataset = table(key, branch);
            changes.add(versions.pin(key, dataset, head(key, branch), branch));
        }
        publisher.publish(
                root.resolve(GraphLayout.MANIFEST),
                changes,
                Map.of(),
                new CommitIntent(new UlidSource().nextUlid(), branch, Optional.empty(), Optional.empty()));
    }

    long head(String key, Optional<String> branch) throws Exception {
        return table(key, branch).newestVersion().orElseThrow().version();
    }

    /** Makes a branch of the graph, and of the tables that are going to be written there. */
    void branch(String name, String... forked) throws Exception {
        fork(root.resolve(GraphLayout.MANIFEST), name);
        for (String key : forked) {
            fork(table(key, Optional.empty()), name);
        }
    }

    private void fork(DatasetLocation dataset, String name) throws Exception {
        long version = dataset.newestVersion().orElseThrow().version();
        datasets.createBranch(dataset, name, version);
    }

    void deleteBranch(String name) throws Exception {
        try (Dataset open = datasets.open(root.resolve(GraphLayout.MANIFEST))) {
            open.branches().delete(name);
        }
    }

    /** Says in the sidecar that a table is to move from its pinned version. */
    void pin(String key, long expected, long post, OptionalLong confirmed, Optional<String> branch) {
        pins.add(new RecoverySidecar.Pin(key, table(key, Optional.empty()).uri(), expected, post, confirmed, branch));
    }

    void pin(String key, long expected) {
        pin(key, expected, expected + 1, OptionalLong.empty(), Optional.empty());
    }

    /** Says in the sidecar that a table is added. */
    void register(TableDefinition table) {
        registrations.add(new RecoverySidecar.Registration(table.key(), table.path(), Optional.empty()));
    }

    /** Says in the sidecar that a table is added, and makes its empty dataset. */
    void add(TableDefinition table) throws Exception {
        register(table);
        datasets.createTable(root.resolve(table.path()), GraphLayout.columns(table));
    }

    /** Says in the sidecar that a table is dropped. */
    void drop(String key, long tombstone) {
        tombstones.add(new RecoverySidecar.Tombstone(key, tombstone));
    }

    void sidecar(WriterKind writer, long format, Optional<String> branch, Optional<String> mergeSource)
            throws Exception {
        sidecar(OPERATION, writer, format, branch, mergeSource);
    }

    void sidecar(
            String operation, WriterKind writer, long format, Optional<String> branch, Optional<String> mergeSource)
            throws Exception {
        new RecoverySidecars(texts, FaultPoints.NONE)
                .write(new RecoverySidecar(
                        format,
                        operation,
                        "1795373309534983",
                        branch,
                        Optional.of("ada"),
                        writer,
                        pins,
                        mergeSource,
                        registrations,
                        tombstones));
    }

    void sidecar(WriterKind writer) throws Exception {
        sidecar(writer, RecoverySidecar.NEWEST_FORMAT, Optional.empty(), Optional.empty());
    }

    /** Publishes what the sidecar adds and drops, and the newest versions of what it moves. */
    void publishSidecar() throws Exception {
        List<ManifestChange> changes = new ArrayList<>();
        TableVersions versions = new TableVersions(datasets, durable);
        for (RecoverySidecar.Pin pin : pins) {
            DatasetLocation dataset = table(pin.tableKey(), pin.branch());
            changes.add(versions.pin(pin.tableKey(), dataset, head(pin.tableKey(), pin.branch()), pin.branch()));
        }
        for (RecoverySidecar.Registration added : registrations) {
            changes.add(new ManifestChange.Register(added.tableKey(), added.path()));
            changes.add(versions.pin(added.tableKey(), root.resolve(added.path()), 1, Optional.empty()));
        }
        tombstones.forEach(dropped -> changes.add(new ManifestChange.Drop(dropped.tableKey(), dropped.version())));
        publisher.publish(
                root.resolve(GraphLayout.MANIFEST), changes, Map.of(), new UlidSource().nextUlid(), Optional.empty());
    }

    /** Begins another sidecar. */
    void forget() {
        pins.clear();
        registrations.clear();
        tombstones.clear();
    }

    SchemaStaging staging() {
        return new SchemaStaging(texts, FaultPoints.NONE);
    }

    GraphTexts texts() {
        return texts;
    }

    /** Takes the lock of a schema apply. */
    void lock() throws Exception {
        DatasetLocation manifest = root.resolve(GraphLayout.MANIFEST);
        new LockBranch(datasets, durable)
                .create(manifest, manifests.read(manifest).version());
    }

    @Override
    public void close() {
        durable.close();
        allocator.close();
    }
}
