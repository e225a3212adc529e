package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.GraphCreation;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.GraphRoot;
import dev.omnigraph.controlplane.graph.HistoryRemoval;
import dev.omnigraph.controlplane.graph.SchemaApplication;
import dev.omnigraph.controlplane.graph.SchemaApplyJournal;
import dev.omnigraph.controlplane.graph.SchemaChange;
import dev.omnigraph.controlplane.graph.SchemaPreview;
import dev.omnigraph.controlplane.graph.TableHistory;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.TreeOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A storage root of a test, with an engine on it. Closing it fails where native memory is still held. */
final class TestCluster implements AutoCloseable {

    static final String SCHEMA = "node Person {\n  name: String @key\n}\n\nedge Knows: Person -> Person\n";

    /** A new graph: its manifest has rows, configuration and stamp. */
    static final GraphCreation CREATED = new GraphCreation.Created(3);

    private final TestStorage storage;
    private final LanceGraphEngine engine;

    TestCluster(Path folder) {
        this(folder, FaultPoints.NONE);
    }

    TestCluster(Path folder, FaultPoints faultPoints) {
        this(new TestFolder(folder), faultPoints);
    }

    TestCluster(Path folder, ObjectStore store, FaultPoints faultPoints) {
        this(new TestFolder(folder), store, faultPoints);
    }

    TestCluster(TestStorage storage) {
        this(storage, FaultPoints.NONE);
    }

    TestCluster(TestStorage storage, FaultPoints faultPoints) {
        this(storage, storage.store(), faultPoints);
    }

    TestCluster(TestStorage storage, ObjectStore store, FaultPoints faultPoints) {
        this.storage = storage;
        this.engine = storage.open(store, faultPoints);
    }

    LanceGraphEngine engine() {
        return engine;
    }

    /** Where the graph of this name lies, in a folder. */
    Path path(String graph) {
        return ((FolderLocation) location(graph)).path();
    }

    /** Where the graph of this name lies. */
    DatasetLocation location(String graph) {
        return TestStorage.located(storage.lance(), StorageRoot.graphKey(graph));
    }

    GraphRoot root(String graph) {
        return new GraphRoot(storage.lance().display(StorageRoot.graphKey(graph)));
    }

    GraphCreation create(String graph, String schema) {
        return engine.create(root(graph), schema, "claimant", () -> {});
    }

    SchemaPreview preview(String graph, String schema, DropMode mode) {
        return preview(graph, schema, mode, new RecordingJournal());
    }

    SchemaPreview preview(String graph, String schema, DropMode mode, SchemaApplyJournal journal) {
        return engine.preview(root(graph), schema, mode, journal);
    }

    /** Applies a schema to a graph as it is. */
    SchemaApplication apply(String graph, String schema, DropMode mode, SchemaApplyJournal journal) {
        String live = ((GraphObservation.Opened) observe(graph)).schemaSource();
        return applyFrom(live, graph, schema, mode, journal);
    }

    /** Applies a schema that was planned when the graph had another one. */
    SchemaApplication applyFrom(
            String planned, String graph, String schema, DropMode mode, SchemaApplyJournal journal) {
        SchemaChange change = new SchemaChange(schema, Sha256.hex(planned), mode, Optional.empty());
        return engine.applySchema(root(graph), change, journal);
    }

    /** Applies a schema, removes what hard drops ask for, and shows that this succeeds. */
    SchemaApplication.Applied migrate(String graph, String schema, DropMode mode) {
        RecordingJournal journal = new RecordingJournal();
        String commit = headCommit(graph);
        SchemaApplication outcome = apply(graph, schema, mode, journal);
        for (TableHistory removal : journal.removals()) {
            assertThat(engine.removeHistory(root(graph), commit, removal)).isInstanceOf(HistoryRemoval.Done.class);
        }
        assertThat(outcome).isInstanceOf(SchemaApplication.Applied.class);
        SchemaApplication.Applied applied = (SchemaApplication.Applied) outcome;
        assertThat(applied.leftovers()).isEmpty();
        return applied;
    }

    String headCommit(String graph) {
        return ((GraphObservation.Opened) observe(graph)).headCommit();
    }

    GraphObservation observe(String graph) {
        return engine.observe(root(graph));
    }

    /** Every object below a graph's root, relative to it, sorted. */
    List<String> files(String graph) {
        ObjectKey root = StorageRoot.graphKey(graph);
        TreeOutcome.Listed listed = (TreeOutcome.Listed) storage.store().tree(root);
        return listed.entries().stream()
                .map(entry -> entry.key().path().substring(root.path().length() + 1))
                .sorted()
                .toList();
    }

    /** Every folder below a graph's root, relative to it, sorted. */
    List<String> folders(String graph) {
        Path root = path(graph);
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isDirectory)
                    .filter(found -> !found.equals(root))
                    .map(found -> root.relativize(found).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
