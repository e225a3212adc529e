package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.graph.TableObservation;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonBoolean;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonValue;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Dataset;

/** Every row of a graph at its pinned versions, in a form that the engine's export has too. Without blobs. */
final class GraphRows {

    private GraphRows() {}

    /** The rows that a branch shows, sorted. */
    static List<String> of(DatasetLocation root, Optional<String> branch) throws Exception {
        List<String> rows = new ArrayList<>();
        try (RootAllocator allocator = LanceRuntime.start()) {
            LanceDatasets datasets = new LanceDatasets(allocator);
            ManifestState state =
                    new ManifestReader(datasets).read(GraphLayout.onBranch(root.resolve(GraphLayout.MANIFEST), branch));
            for (TableObservation table : state.tables()) {
                DatasetLocation dataset = GraphLayout.onBranch(root.resolve(table.path()), table.branch());
                try (Dataset newest = datasets.open(dataset);
                        Dataset pinned = newest.checkoutVersion(table.version());
                        ArrowReader reader = pinned.sql("SELECT * FROM dataset").intoBatchRecords()) {
                    while (reader.loadNextBatch()) {
                        addRows(table.key(), reader.getVectorSchemaRoot(), rows);
                    }
                }
            }
        }
        return rows.stream().sorted().toList();
    }

    static List<String> of(DatasetLocation root) throws Exception {
        return of(root, Optional.empty());
    }

    private static void addRows(String table, VectorSchemaRoot batch, List<String> rows) {
        for (int row = 0; row < batch.getRowCount(); row++) {
            Map<String, String> values = new TreeMap<>();
            for (FieldVector column : batch.getFieldVectors()) {
                values.put(column.getName(), text(column.getObject(row)));
            }
            rows.add(table + values);
        }
    }

    private static String text(Object value) {
        if (value instanceof LocalDateTime time) {
            return time.toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(GraphRows::text).toList().toString();
        }
        if (value instanceof Float number) {
            return Double.toString(number);
        }
        return String.valueOf(value);
    }

    /** Rows of an export, which is a list of what its lines hold. */
    static List<String> exported(JsonArray export) {
        return export.elements().stream()
                .map(element -> exported((JsonObject) element))
                .sorted()
                .toList();
    }

    /** Rows of an export as the program prints it: one object a line. */
    static List<String> exported(String lines) throws Exception {
        List<String> rows = new ArrayList<>();
        for (String line : lines.lines().filter(each -> !each.isBlank()).toList()) {
            rows.add(exported((JsonObject) JsonReader.read(line)));
        }
        return rows.stream().sorted().toList();
    }

    private static String exported(JsonObject row) {
        Map<String, String> values = new TreeMap<>();
        ((JsonObject) row.get("data").orElseThrow()).members().forEach((name, value) -> values.put(name, text(value)));
        row.get("from").ifPresent(source -> values.put("src", text(source)));
        row.get("to").ifPresent(target -> values.put("dst", text(target)));
        return row.get("type")
                        .map(type -> "node:" + text(type))
                        .orElseGet(() -> "edge:" + text(row.get("edge").orElseThrow()))
                + values;
    }

    private static String text(JsonValue value) {
        if (value instanceof JsonString string) {
            return string.value();
        }
        if (value instanceof JsonNumber number) {
            return number.text();
        }
        if (value instanceof JsonBoolean bool) {
            return Boolean.toString(bool.value());
        }
        if (value instanceof JsonArray array) {
            return array.elements().stream().map(GraphRows::text).toList().toString();
        }
        return "null";
    }
}
