package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.json.TypedObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The intent of a write of a graph, stored below {@code __recovery/} before a table moves and removed when the manifest
 * shows the write (graph-format.md 6.4). It is the engine's own record, not the cluster's.
 *
 * @param formatVersion of the document; unsigned, at most {@value #NEWEST_FORMAT}
 * @param operationId a ULID, and the stem of the file's name
 * @param startedAt microseconds since the epoch, as decimal text
 * @param branch of the graph; empty for main
 * @param mergeSource the merged commit; of branch merges only
 */
record RecoverySidecar(
        long formatVersion,
        String operationId,
        String startedAt,
        Optional<String> branch,
        Optional<String> actor,
        WriterKind writer,
        List<Pin> pins,
        Optional<String> mergeSource,
        List<Registration> registrations,
        List<Tombstone> tombstones) {

    /** What is written here, and the newest that is read. */
    static final long NEWEST_FORMAT = 2;

    private static final Set<String> KEYS = Set.of(
            "schema_version",
            "operation_id",
            "started_at",
            "branch",
            "actor_id",
            "writer_kind",
            "tables",
            "merge_source_commit_id",
            "additional_registrations",
            "tombstones");

    RecoverySidecar {
        pins = List.copyOf(pins);
        registrations = List.copyOf(registrations);
        tombstones = List.copyOf(tombstones);
    }

    /**
     * A table that the write moves; versions are unsigned.
     *
     * @param location the whole path of the dataset, also where a branch of it is written
     * @param expectedVersion the pin when the write began
     * @param postCommitPin what the version is to be at least
     * @param confirmedVersion what the version became; of branch merges only
     */
    record Pin(
            String tableKey,
            String location,
            long expectedVersion,
            long postCommitPin,
            OptionalLong confirmedVersion,
            Optional<String> branch) {

        private static final Set<String> KEYS = Set.of(
                "table_key", "table_path", "expected_version", "post_commit_pin", "confirmed_version", "table_branch");

        private static Pin of(JsonValue value, String path) throws JsonShapeException {
            TypedObject object = TypedObject.open(value, path, KEYS);
            return new Pin(
                    object.requireString("table_key"),
                    object.requireString("table_path"),
                    object.requireUnsigned("expected_version"),
                    object.requireUnsigned("post_commit_pin"),
                    object.optionalUnsigned("confirmed_version"),
                    object.optionalString("table_branch"));
        }

        private JsonObject toJson() {
            JsonObject.Builder json = JsonObject.builder()
                    .put("table_key", tableKey)
                    .put("table_path", location)
                    .put("expected_version", expectedVersion)
                    .put("post_commit_pin", postCommitPin);
            confirmedVersion.ifPresent(version -> json.put("confirmed_version", version));
            return json.putIfPresent("table_branch", branch).build();
        }
    }

    /**
     * A table that the write adds.
     *
     * @param path relative to the graph's root
     */
    record Registration(String tableKey, String path, Optional<String> branch) {

        private static final Set<String> KEYS = Set.of("table_key", "table_path", "table_branch");

        private static Registration of(JsonValue value, String path) throws JsonShapeException {
            TypedObject object = TypedObject.open(value, path, KEYS);
            return new Registration(
                    object.requireString("table_key"),
                    object.requireString("table_path"),
                    object.optionalString("table_branch"));
        }

        private JsonObject toJson() {
            return JsonObject.builder()
                    .put("table_key", tableKey)
                    .put("table_path", path)
                    .putIfPresent("table_branch", branch)
                    .build();
        }
    }

    /**
     * A table that the write takes out of the graph.
     *
     * @param version one above the pin when the write began; unsigned
     */
    record Tombstone(String tableKey, long version) {

        private static final Set<String> KEYS = Set.of("table_key", "tombstone_version");

        private static Tombstone of(JsonValue value, String path) throws JsonShapeException {
            TypedObject object = TypedObject.open(value, path, KEYS);
            return new Tombstone(object.requireString("table_key"), object.requireUnsigned("tombstone_version"));
        }

        private JsonObject toJson() {
            return JsonObject.builder()
                    .put("table_key", tableKey)
                    .put("tombstone_version", version)
                    .build();
        }
    }

    /**
     * Reads a stored sidecar. Keys that are not known are passed over.
     *
     * @throws JsonSyntaxException when the text is no JSON
     * @throws JsonShapeException when it is no sidecar, or one of a newer format
     */
    static RecoverySidecar parse(String text) throws JsonSyntaxException, JsonShapeException {
        TypedObject object = TypedObject.open(JsonReader.read(text), "", KEYS);
        long format = object.requireUnsigned("schema_version");
        if (Long.compareUnsigned(format, NEWEST_FORMAT) > 0) {
            throw new JsonShapeException(
                    "schema_version",
                    "is " + Long.toUnsignedString(format) + ", and only up to " + NEWEST_FORMAT
                            + " is read: a newer engine wrote it, so upgrade this service");
        }
        String writer = object.requireString("writer_kind");
        return new RecoverySidecar(
                format,
                object.requireString("operation_id"),
                object.requireString("started_at"),
                object.optionalString("branch"),
                object.optionalString("actor_id"),
                WriterKind.named(writer)
                        .orElseThrow(() -> new JsonShapeException("writer_kind", "no write is called " + writer)),
                list(object.require("tables"), "tables", Pin::of),
                object.optionalString("merge_source_commit_id"),
                listOrNone(object, "additional_registrations", Registration::of),
                listOrNone(object, "tombstones", Tombstone::of));
    }

    /** The document as it is stored. */
    String text() {
        JsonObject.Builder json = JsonObject.builder()
                .put("schema_version", formatVersion)
                .put("operation_id", operationId)
                .put("started_at", startedAt)
                .putOrNull("branch", branch)
                .putOrNull("actor_id", actor)
                .put("writer_kind", writer.wire())
                .put("tables", JsonArray.of(pins.stream().map(Pin::toJson).toList()))
                .putIfPresent("merge_source_commit_id", mergeSource);
        if (!registrations.isEmpty()) {
            json.put(
                    "additional_registrations",
                    JsonArray.of(
                            registrations.stream().map(Registration::toJson).toList()));
        }
        if (!tombstones.isEmpty()) {
            json.put(
                    "tombstones",
                    JsonArray.of(tombstones.stream().map(Tombstone::toJson).toList()));
        }
        return JsonText.pretty(json.build());
    }

    private static <T> List<T> listOrNone(TypedObject object, String key, Element<T> element)
            throws JsonShapeException {
        Optional<JsonValue> value = object.optional(key);
        return value.isEmpty() ? List.of() : list(value.get(), key, element);
    }

    private static <T> List<T> list(JsonValue value, String path, Element<T> element) throws JsonShapeException {
        if (!(value instanceof JsonArray array)) {
            throw new JsonShapeException(path, "expected a list");
        }
        List<T> elements = new ArrayList<>();
        for (JsonValue each : array.elements()) {
            elements.add(element.read(each, path + "[" + elements.size() + "]"));
        }
        return elements;
    }

    /** Reads one element of a list. */
    @FunctionalInterface
    private interface Element<T> {
        T read(JsonValue value, String path) throws JsonShapeException;
    }
}
