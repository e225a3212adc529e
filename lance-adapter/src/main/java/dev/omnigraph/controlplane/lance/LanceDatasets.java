package dev.omnigraph.controlplane.lance;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.lance.CommitBuilder;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.FragmentMetadata;
import org.lance.ReadOptions;
import org.lance.Transaction;
import org.lance.WriteDatasetBuilder;
import org.lance.WriteParams;
import org.lance.cleanup.CleanupPolicy;
import org.lance.operation.Overwrite;
import org.lance.operation.UpdateConfig;
import org.lance.operation.UpdateMap;

/**
 * The calls into Lance, with the options of the engine (graph-format.md 2.1). Thread-safe; calls block in native code and are not interruptible.
 */
final class LanceDatasets {

    /** Blob columns need it, and the engine writes no other; the default of Lance is older. */
    private static final String STORAGE_VERSION = "2.2";

    private final BufferAllocator allocator;

    LanceDatasets(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /** Creates an empty table: version 1, without fragments. */
    void createTable(Path location, Schema schema) throws LanceException {
        LanceFailures.call(() -> {
            create(location)
                    .schema(schema)
                    .allowExternalBlobOutsideBases(true)
                    .execute()
                    .close();
            return location;
        });
    }

    /**
     * Creates a table with rows: version 1.
     *
     * @return how many rows it has
     */
    long createTable(Path location, ArrowReader rows) throws LanceException {
        return LanceFailures.call(() -> {
            try (Dataset created = create(location)
                    .reader(rows)
                    .allowExternalBlobOutsideBases(true)
                    .execute()) {
                return created.countRows();
            }
        });
    }

    /** Writes rows into data files beside those of a table. No version of the table has them yet. */
    @SuppressWarnings("deprecation") // its successor cannot allow blobs that are kept outside of the dataset
    List<FragmentMetadata> writeFragments(Path location, ArrowReader rows) throws LanceException {
        return LanceFailures.call(() -> {
            try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
                Data.exportArrayStream(allocator, rows, stream);
                WriteParams params = new WriteParams.Builder()
                        .withMode(WriteParams.WriteMode.OVERWRITE)
                        .withEnableStableRowIds(true)
                        .withDataStorageVersion(STORAGE_VERSION)
                        .withAllowExternalBlobOutsideBases(true)
                        .build();
                return Fragment.create(location.toString(), stream, params);
            }
        });
    }

    /**
     * Makes these fragments the whole content of a table: one version.
     *
     * @param read the version that they were made from
     * @return the new version, which is not the next one where another writer appended meanwhile
     */
    long overwrite(Dataset read, Schema schema, List<FragmentMetadata> fragments) throws LanceException {
        return LanceFailures.call(() -> {
            // Lance executes a transaction with a schema once; a second time ends the whole process.
            Overwrite operation =
                    Overwrite.builder().fragments(fragments).schema(schema).build();
            try (Transaction transaction = new Transaction.Builder()
                            .readVersion(read.version())
                            .operation(operation)
                            .build();
                    Dataset written =
                            new CommitBuilder(read).skipAutoCleanup(true).execute(transaction)) {
                return written.version();
            }
        });
    }

    /**
     * Removes the versions of a dataset below one, and the files that no later version needs. The newest version and those
     * with a tag always stay.
     *
     * @return the bytes that were freed
     */
    long removeVersionsBelow(Path location, long firstKept) throws LanceException {
        return LanceFailures.call(() -> {
            try (Dataset dataset = open(location)) {
                CleanupPolicy policy = CleanupPolicy.builder()
                        .withBeforeVersion(firstKept)
                        .withDeleteUnverified(false)
                        .withErrorIfTaggedOldVersions(false)
                        .withCleanReferencedBranches(false)
                        .build();
                return dataset.cleanupWithPolicy(policy).getBytesRemoved();
            }
        });
    }

    /** Creates {@code __manifest} with its first rows: version 1. */
    void createManifest(Path location, List<ManifestRecord> records) throws LanceException {
        LanceFailures.call(() -> {
            try (ArrowReader rows = ManifestTable.reader(records, allocator)) {
                create(location).reader(rows).execute().close();
            }
            return location;
        });
    }

    /** Creates an empty dataset that is no table of the graph: version 1, without fragments. */
    void createEmpty(Path location, Schema schema) throws LanceException {
        LanceFailures.call(() -> {
            create(location).schema(schema).execute().close();
            return location;
        });
    }

    /** Adds rows to a dataset: one version. */
    void append(Path location, ArrowReader rows) throws LanceException {
        LanceFailures.call(() -> {
            Dataset.write()
                    .allocator(allocator)
                    .uri(location.toString())
                    .mode(WriteParams.WriteMode.APPEND)
                    .reader(rows)
                    .execute()
                    .close();
            return location;
        });
    }

    /** Adds a key to the configuration of a dataset: one version. */
    void addConfig(Path location, String key, String value) throws LanceException {
        // Dataset.updateConfig would replace the whole configuration.
        commit(
                location,
                UpdateConfig.builder().configUpdates(adding(key, value)).build());
    }

    /** Adds a key to the metadata of a dataset's schema: one version. */
    void addSchemaMetadata(Path location, String key, String value) throws LanceException {
        commit(
                location,
                UpdateConfig.builder().schemaMetadataUpdates(adding(key, value)).build());
    }

    private WriteDatasetBuilder create(Path location) {
        return Dataset.write()
                .allocator(allocator)
                .uri(location.toString())
                .mode(WriteParams.WriteMode.CREATE)
                .enableStableRowIds(true)
                .dataStorageVersion(STORAGE_VERSION);
    }

    /** The newest version of a dataset on main. Whoever opens it closes it. */
    Dataset open(Path location) throws LanceException {
        return LanceFailures.call(() ->
                Dataset.open().allocator(allocator).uri(location.toString()).build());
    }

    /** One version of a dataset on main. Whoever opens it closes it. */
    Dataset open(Path location, long version) throws LanceException {
        return LanceFailures.call(() -> Dataset.open()
                .allocator(allocator)
                .uri(location.toString())
                .readOptions(new ReadOptions.Builder().setVersion(version).build())
                .build());
    }

    private void commit(Path location, UpdateConfig operation) throws LanceException {
        LanceFailures.call(() -> {
            try (Dataset dataset = open(location);
                    Transaction transaction = new Transaction.Builder()
                            .readVersion(dataset.version())
                            .operation(operation)
                            .build()) {
                new CommitBuilder(dataset)
                        .skipAutoCleanup(true)
                        .execute(transaction)
                        .close();
            }
            return location;
        });
    }

    private static UpdateMap adding(String key, String value) {
        return UpdateMap.builder().updates(Map.of(key, value)).replace(false).build();
    }
}
