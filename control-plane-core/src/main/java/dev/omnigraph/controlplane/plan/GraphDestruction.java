package dev.omnigraph.controlplane.plan;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonNull;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What removing a graph would destroy, as it was looked at just now.
 *
 * @param seen names exactly this content: of the newest commits of all branches, or of the objects where no graph opens
 * @param obstacle why no graph opens; empty where one does
 * @param manifestVersion unsigned; empty where no graph opens
 * @param tables the rows of each table on main
 * @param objects how many objects there are; empty where there are more than one listing shows
 * @param bytes what they take together; empty likewise
 * @param branches with main first
 * @param newestCommit on main
 */
public record GraphDestruction(
        String seen,
        Optional<String> obstacle,
        OptionalLong manifestVersion,
        List<TableRows> tables,
        OptionalLong objects,
        OptionalLong bytes,
        List<String> branches,
        Optional<String> newestCommit)
        implements Destruction {

    /** What this is called where a decision about a graph is shown. */
    public static final String MEMBER = "destroys";

    public GraphDestruction {
        tables = List.copyOf(tables);
        branches = List.copyOf(branches);
    }

    /** The rows of one table. */
    public record TableRows(String table, long rows) {}

    /** The rows of all tables on main together. */
    public long rows() {
        return tables.stream().mapToLong(TableRows::rows).sum();
    }

    @Override
    public String member() {
        return MEMBER;
    }

    @Override
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("opens", obstacle.isEmpty())
                .putOrNull("obstacle", obstacle)
                .put("rows", rows())
                .put(
                        "tables",
                        JsonArray.of(tables.stream()
                                .map(table -> JsonObject.builder()
                                        .put("table", table.table())
                                        .put("rows", table.rows())
                                        .build())
                                .toList()))
                .put("objects", orNull(objects))
                .put("bytes", orNull(bytes))
                .put("branches", JsonArray.ofStrings(branches))
                .putOrNull("newest_commit", newestCommit)
                .build();
    }

    private static JsonValue orNull(OptionalLong value) {
        return value.isPresent() ? JsonNumber.of(value.getAsLong()) : JsonNull.INSTANCE;
    }
}
