package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.graph.TableObservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.lance.BlobFile;
import org.lance.Dataset;

/** What readers of a graph see of its tables: every row at the version that the manifest has, blobs by their digests. */
final class TableContents {

    private static final byte EXTERNAL = 3;
    private static final String EMPTY = "0 bytes " + Sha256.hex(new byte[0]);

    private TableContents() {}

    /** By table key, the rows in their order; a row is its values by column. */
    static Map<String, List<Map<String, String>>> of(DatasetLocation root) throws Exception {
        Map<String, List<Map<String, String>>> contents = new TreeMap<>();
        try (RootAllocator allocator = LanceRuntime.start()) {
            LanceDatasets datasets = new LanceDatasets(allocator);
            ManifestState state = new ManifestReader(datasets).read(root.resolve(GraphLayout.MANIFEST));
            for (TableObservation table : state.tables()) {
                try (Dataset dataset = datasets.open(root.resolve(table.path()), table.version())) {
                    contents.put(table.key(), rows(dataset));
                }
            }
        }
        return contents;
    }

    /** Every value in which two tables differ, one a line; rows that only one of them has are one line each. */
    static List<String> differences(List<Map<String, String>> found, List<Map<String, String>> expected) {
        List<String> differences = new ArrayList<>();
        for (int row = 0; row < Math.max(found.size(), expected.size()); row++) {
            if (row >= found.size() || row >= expected.size()) {
                differences.add("row " + row + " is in one of them");
                continue;
            }
            Map<String, String> mine = found.get(row);
            Map<String, String> theirs = expected.get(row);
            Set<String> columns = new TreeSet<>(mine.keySet());
            columns.addAll(theirs.keySet());
            for (String column : columns) {
                if (!Objects.equals(mine.get(column), theirs.get(column))) {
                    differences.add("row " + row + ", " + column + ": " + mine.get(column) + " where "
                            + theirs.get(column) + " is expected");
                }
            }
        }
        return differences;
    }

    private static List<Map<String, String>> rows(Dataset dataset) throws Exception {
        List<Map<String, String>> rows = new ArrayList<>();
        long total = dataset.countRows();
        if (total == 0) {
            return rows;
        }
        List<String> columns =
                dataset.getSchema().getFields().stream().map(Field::getName).toList();
        try (ArrowReader reader =
                dataset.take(LongStream.range(0, total).boxed().toList(), columns)) {
            while (reader.loadNextBatch()) {
                int first = rows.size();
                for (int row = 0; row < reader.getVectorSchemaRoot().getRowCount(); row++) {
                    Map<String, String> values = new TreeMap<>();
                    for (FieldVector column : reader.getVectorSchemaRoot().getFieldVectors()) {
                        values.put(column.getName(), value(dataset, column, row, first + row));
                    }
                    rows.add(values);
                }
            }
        }
        return rows;
    }

    private static String value(Dataset dataset, FieldVector column, int row, long position) throws Exception {
        if (!(column instanceof StructVector blob)) {
            return String.valueOf(column.getObject(row));
        }
        if (((UInt1Vector) blob.getChild("kind")).get(row) == EXTERNAL) {
            return blob.getChild("blob_uri").getObject(row).toString();
        }
        List<BlobFile> files = dataset.takeBlobsByIndices(List.of(position), column.getName());
        if (files.isEmpty()) {
            // Lance tells an empty value in the first place of a file from null by the column alone.
            return column.getField().isNullable() ? "null" : EMPTY;
        }
        try (BlobFile file = files.get(0)) {
            return file.size() + " bytes " + Sha256.hex(file.read());
        }
    }
}
