package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;

/** The snapshot of a graph, with the manifest's version, in a form that the engine's answer has too. */
final class RecoveredTables {

    private RecoveredTables() {}

    static List<String> of(DatasetLocation root) throws Exception {
        try (RootAllocator allocator = LanceRuntime.start()) {
            ManifestState state =
                    new ManifestReader(new LanceDatasets(allocator)).read(root.resolve(GraphLayout.MANIFEST));
            return Stream.concat(
                            Stream.of("manifest@" + state.version()),
                            state.tables().stream()
                                    .map(table -> String.join(
                                            " ",
                                            table.key(),
                                            table.path(),
                                            Long.toString(table.version()),
                                            table.branch().orElse("null"),
                                            Long.toString(table.rows()))))
                    .toList();
        }
    }

    static List<String> of(JsonObject snapshot) {
        return Stream.concat(
                        Stream.of("manifest@" + text(snapshot, "manifest_version")),
                        ((JsonArray) snapshot.get("tables").orElseThrow())
                                .elements().stream().map(table -> line((JsonObject) table)))
                .toList();
    }

    private static String line(JsonObject table) {
        return String.join(
                " ",
                text(table, "table_key"),
                text(table, "table_path"),
                text(table, "table_version"),
                text(table, "table_branch"),
                text(table, "row_count"));
    }

    private static String text(JsonObject object, String member) {
        Optional<JsonValue> value = object.get(member);
        return JsonText.compact(value.orElseThrow()).replace("\"", "");
    }
}
