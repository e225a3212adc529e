package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.TableObservation;
import dev.omnigraph.controlplane.language.schema.TableDefinition;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.lance.Dataset;
import org.lance.FragmentMetadata;

/**
 * Writes the tables of a migration (graph-format.md 7.3). Each call ends when its work is durable and gives the pin that is
 * to be published; until then nobody reads it. Rows pass through in batches of bounded size. Thread-safe.
 */
final class TableWriter {

    private static final long FIRST_VERSION = 1;

    private final BufferAllocator allocator;
    private final LanceDatasets datasets;
    private final DurableTree durable;
    private final FaultPoints faultPoints;

    TableWriter(BufferAllocator allocator, LanceDatasets datasets, DurableTree durable, FaultPoints faultPoints) {
        this.allocator = allocator;
        this.datasets = datasets;
        this.durable = durable;
        this.faultPoints = faultPoints;
    }

    /** Opens the newest version of a table, which is to be the one that the graph has. Whoever opens it closes it. */
    Dataset openPinned(DatasetLocation root, TableObservation pin)
            throws LanceException, IOException, MalformedManifestException, MovedTableException {
        DatasetLocation table = root.resolve(pin.path());
        ManifestReader.requireFramed(table);
        Dataset dataset = datasets.open(table);
        if (dataset.version() != pin.version()) {
            long newest = dataset.version();
            dataset.close();
            throw new MovedTableException("the newest version of the table " + pin.key() + " is "
                    + Long.toUnsignedString(newest) + ", but the graph has version "
                    + Long.toUnsignedString(pin.version())
                    + ": a write of the table was interrupted or goes on, or something else than the engine wrote it");
        }
        return dataset;
    }

    /** Creates an empty table, in the place of what a migration that was undone may have left there. */
    ManifestChange.Pin create(DatasetLocation root, TableDefinition table) throws LanceException, IOException {
        DatasetLocation location = root.resolve(table.path());
        location.remove(); // the engine undoes a migration without removing tables that it had added
        datasets.createTable(location, GraphLayout.columns(table));
        forceNewTable(root, table.path());
        return pin(table.key(), location, FIRST_VERSION, 0);
    }

    /** Writes the rows of a table into a new one, in the place of what a migration that was undone may have left there. */
    ManifestChange.Pin copy(DatasetLocation root, TableObservation from, RowMapping mapping)
            throws LanceException, IOException, MalformedManifestException, MovedTableException {
        TableDefinition target = mapping.target();
        DatasetLocation location = root.resolve(target.path());
        location.remove(); // the engine undoes a migration without removing tables that it had added
        long rows;
        try (Dataset source = openPinned(root, from);
                RewrittenRows stream = new RewrittenRows(allocator, source, mapping)) {
            rows = stream.total();
            if (rows == 0) {
                datasets.createTable(location, GraphLayout.columns(target));
            } else {
                requireAll(rows, datasets.createTable(location, stream));
            }
        }
        forceNewTable(root, target.path());
        return pin(target.key(), location, FIRST_VERSION, rows);
    }

    /**
     * Replaces all rows and columns of a table.
     *
     * @throws MovedTableException when another writer was at the table: what is there is not to be published
     */
    ManifestChange.Pin overwrite(DatasetLocation root, TableObservation pin, RowMapping mapping)
            throws LanceException, IOException, MalformedManifestException, MovedTableException {
        DatasetLocation location = root.resolve(pin.path());
        DurableTree.Known before = durable.known(location);
        try (Dataset dataset = openPinned(root, pin);
                RewrittenRows stream = new RewrittenRows(allocator, dataset, mapping)) {
            long rows = stream.total();
            List<FragmentMetadata> fragments = rows == 0 ? List.of() : datasets.writeFragments(location, stream);
            requireAll(
                    rows,
                    fragments.stream()
                            .mapToLong(FragmentMetadata::getPhysicalRows)
                            .sum());
            durable.forceNew(location, before);
            faultPoints.reach(FaultPoint.SCHEMA_APPLY_BEFORE_TABLE_COMMIT);
            long version = datasets.overwrite(dataset, GraphLayout.columns(mapping.target()), fragments);
            durable.forceNew(location, before);
            // Lance lets an overwrite pass over an append that came first, whose rows it then hides.
            if (version != pin.version() + 1) {
                throw new MovedTableException("another writer changed the table " + pin.key()
                        + " while it was written: it went from version " + Long.toUnsignedString(pin.version())
                        + " to " + Long.toUnsignedString(version)
                        + " at once. Nothing of it was published, so no row is lost");
            }
            return pin(pin.key(), location, version, rows);
        }
    }

    private static void requireAll(long expected, long written) throws IOException {
        if (written != expected) {
            throw new IOException(written + " rows were written where there are " + expected);
        }
    }

    private static ManifestChange.Pin pin(String key, DatasetLocation location, long version, long rows)
            throws IOException {
        return new ManifestChange.Pin(
                key, version, Optional.empty(), rows, location.version(version).metadata());
    }

    private void forceNewTable(DatasetLocation root, String path) throws IOException {
        durable.force(root.resolve(path));
        // The folders above it are new too where it is the first of its kind.
        for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
            durable.forceFolder(root.resolve(path.substring(0, end)));
        }
        durable.forceFolder(root);
    }
}
