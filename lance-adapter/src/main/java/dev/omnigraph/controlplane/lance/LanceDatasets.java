package dev.omnigraph.controlplane.lance;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.lance.CommitBuilder;
import org.lance.Dataset;
import org.lance.Transaction;
import org.lance.WriteDatasetBuilder;
import org.lance.WriteParams;
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
