package dev.omnigraph.controlplane.lance;

import java.io.IOException;
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
import org.lance.Ref;
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

    private static final long FIRST_VERSION = 1;

    private final BufferAllocator allocator;

    LanceDatasets(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /** Creates an empty table: version 1, without fragments. */
    void createTable(DatasetLocation location, Schema schema) throws LanceException {
        LanceFailures.call(() -> {
            try (Dataset created = create(location)
                    .schema(schema)
                    .allowExternalBlobOutsideBases(true)
                    .execute()) {
                requireFirst(created);
            }
            return location;
        });
    }

    /**
     * Creates a table with rows: version 1.
     *
     * @return how many rows it has
     */
    long createTable(DatasetLocation location, ArrowReader rows) throws LanceException {
        return LanceFailures.call(() -> {
            try (Dataset created = create(location)
                    .reader(rows)
                    .allowExternalBlobOutsideBases(true)
                    .execute()) {
                requireFirst(created);
                return created.countRows();
            }
        });
    }

    /** Writes rows into data files beside those of a table. No version of the table has them yet. */
    @SuppressWarnings("deprecation") // its successor cannot allow blobs that are kept outside of the dataset
    List<FragmentMetadata> writeFragments(DatasetLocation location, ArrowReader rows) throws LanceException {
        return LanceFailures.call(() -> {
            try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
                Data.exportArrayStream(allocator, rows, stream);
                WriteParams params = new WriteParams.Builder()
                        .withMode(WriteParams.WriteMode.OVERWRITE)
                        .withEnableStableRowIds(true)
                        .withDataStorageVersion(STORAGE_VERSION)
                        .withAllowExternalBlobOutsideBases(true)
                        .withStorageOptions(location.storageOptions())
                        .build();
                return Fragment.create(location.uri(), stream, params);
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
    long removeVersionsBelow(DatasetLocation location, long firstKept) throws LanceException {
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

    /** Lance takes a dataset that appears while it creates one for an older version of it (lance-java.md 5, 7). */
    private static void requireFirst(Dataset created) throws IOException {
        if (created.version() != FIRST_VERSION) {
            throw new IOException("the dataset is at version " + created.version()
                    + " right after it was created: another writer, or an attempt without an answer, came first");
        }
    }

    /** Creates {@code __manifest} with its first rows: version 1. Whoever creates it closes it. */
    Dataset createManifest(DatasetLocation location, List<ManifestRecord> records) throws LanceException {
        return LanceFailures.call(() -> {
            try (ArrowReader rows = ManifestTable.reader(records, allocator)) {
                return create(location).reader(rows).execute();
            }
        });
    }

    /** Creates an empty dataset that is no table of the graph: version 1, without fragments. */
    void createEmpty(DatasetLocation location, Schema schema) throws LanceException {
        LanceFailures.call(() -> {
            create(location).schema(schema).execute().close();
            return location;
        });
    }

    /** Adds rows to a dataset: one version. */
    void append(DatasetLocation location, ArrowReader rows) throws LanceException {
        LanceFailures.call(() -> {
            Dataset.write()
                    .allocator(allocator)
                    .uri(location.uri())
                    .storageOptions(location.storageOptions())
                    .mode(WriteParams.WriteMode.APPEND)
                    .reader(rows)
                    .execute()
                    .close();
            return location;
        });
    }

    /** Adds a key to the configuration of a dataset: one version. Whoever asks for it closes it. */
    Dataset addConfig(Dataset read, String key, String value) throws LanceException {
        // Dataset.updateConfig would replace the whole configuration.
        return commit(
                read, UpdateConfig.builder().configUpdates(adding(key, value)).build());
    }

    /** Adds a key to the metadata of a dataset's schema: one version. Whoever asks for it closes it. */
    Dataset addSchemaMetadata(Dataset read, String key, String value) throws LanceException {
        return commit(
                read,
                UpdateConfig.builder().schemaMetadataUpdates(adding(key, value)).build());
    }

    private WriteDatasetBuilder create(DatasetLocation location) throws IOException {
        return Dataset.write()
                .allocator(allocator)
                .uri(location.uri())
                .storageOptions(location.storageOptions())
                .mode(WriteParams.WriteMode.CREATE)
                .enableStableRowIds(true)
                .dataStorageVersion(STORAGE_VERSION);
    }

    /** The newest version of a dataset on main. Whoever opens it closes it. */
    Dataset open(DatasetLocation location) throws LanceException {
        return open(location, new ReadOptions.Builder());
    }

    /** One version of a dataset on main. Whoever opens it closes it. */
    Dataset open(DatasetLocation location, long version) throws LanceException {
        return open(location, new ReadOptions.Builder().setVersion(version));
    }

    private Dataset open(DatasetLocation location, ReadOptions.Builder options) throws LanceException {
        return LanceFailures.call(() -> Dataset.open()
                .allocator(allocator)
                .uri(location.uri())
                .readOptions(
                        options.setStorageOptions(location.storageOptions()).build())
                .build());
    }

    /**
     * Makes a branch of a dataset at one of main's versions.
     *
     * @throws LanceException also where there is one of this name, or the beginning of one
     */
    void createBranch(DatasetLocation location, String name, long version) throws LanceException {
        LanceFailures.call(() -> {
            // A branch is opened anew by Lance, which takes no options of the dataset over, and wants none or some.
            Map<String, String> options = location.storageOptions();
            Ref from = Ref.ofMain(version);
            try (Dataset dataset = open(location);
                    Dataset branch = options.isEmpty()
                            ? dataset.createBranch(name, from)
                            : dataset.createBranch(name, from, options)) {
                return branch.version();
            }
        });
    }

    private static Dataset commit(Dataset read, UpdateConfig operation) throws LanceException {
        return LanceFailures.call(() -> {
            try (Transaction transaction = new Transaction.Builder()
                    .readVersion(read.version())
                    .operation(operation)
                    .build()) {
                return new CommitBuilder(read).skipAutoCleanup(true).execute(transaction);
            }
        });
    }

    private static UpdateMap adding(String key, String value) {
        return UpdateMap.builder().updates(Map.of(key, value)).replace(false).build();
    }
}
