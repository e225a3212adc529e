package dev.omnigraph.controlplane.lance;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Dataset;

/** The rows of a manifest as they are stored, and in a form that is equal for two new graphs of one schema. */
final class ManifestRecords {

    private static final Pattern COMMIT_ID = Pattern.compile("[0-9A-HJKMNP-TV-Z]{26}");
    private static final Pattern CREATED_AT = Pattern.compile("\"created_at\":\\d+");
    /**
     * The size of a version file and its inode, time and size; in a bucket its ETag. The size is no property of the schema: the file holds its
     * time as a number of varying length, so that one of two equal files may be a byte longer. That both tell of the very
     * file they name is tested on its own.
     */
    private static final Pattern FILE_IDENTITY = Pattern.compile(
            "\"manifest_size\":\\d+,\"e_tag\":\"([0-9a-f]+-[0-9a-f]+-[0-9a-f]+|\\\\\"[0-9a-f]+\\\\\")\"");

    private ManifestRecords() {}

    /** Those on main. */
    static List<ManifestRecord> of(DatasetLocation root) throws Exception {
        return ofDataset(root.resolve(GraphLayout.MANIFEST));
    }

    static List<ManifestRecord> ofDataset(DatasetLocation dataset) throws Exception {
        List<ManifestRecord> records = new ArrayList<>();
        try (RootAllocator allocator = LanceRuntime.start();
                Dataset manifest = new LanceDatasets(allocator).open(dataset);
                ArrowReader reader = manifest.sql(ManifestTable.QUERY).intoBatchRecords()) {
            while (reader.loadNextBatch()) {
                for (int row = 0; row < reader.getVectorSchemaRoot().getRowCount(); row++) {
                    records.add(ManifestTable.read(reader.getVectorSchemaRoot(), row));
                }
            }
        }
        return records;
    }

    /**
     * Without what each creation makes anew.
     *
     * @param root the folder that the graph was created at
     */
    static List<String> normalised(List<ManifestRecord> records, String root) {
        return records.stream()
                .map(ManifestRecord::toString)
                .map(text -> text.replace(root.substring(1), "ROOT"))
                .map(text -> COMMIT_ID.matcher(text).replaceAll("COMMIT"))
                .map(text -> CREATED_AT.matcher(text).replaceAll("\"created_at\":TIME"))
                .map(text -> FILE_IDENTITY.matcher(text).replaceAll("FILE"))
                .toList();
    }
}
