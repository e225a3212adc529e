package dev.omnigraph.controlplane.lance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Dataset;

/** Reads the rows of a manifest as they are stored. */
final class ManifestRecords {

    private ManifestRecords() {}

    static List<ManifestRecord> of(Path root) throws Exception {
        List<ManifestRecord> records = new ArrayList<>();
        try (RootAllocator allocator = LanceRuntime.start();
                Dataset manifest = Dataset.open()
                        .allocator(allocator)
                        .uri(root.resolve(GraphLayout.MANIFEST).toString())
                        .build();
                ArrowReader reader = manifest.sql(ManifestTable.QUERY).intoBatchRecords()) {
            while (reader.loadNextBatch()) {
                for (int row = 0; row < reader.getVectorSchemaRoot().getRowCount(); row++) {
                    records.add(ManifestTable.read(reader.getVectorSchemaRoot(), row));
                }
            }
        }
        return records;
    }
}
