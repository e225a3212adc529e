package dev.omnigraph.controlplane.document;

import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.json.TypedObject;
import dev.omnigraph.controlplane.storage.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What all documents below {@code __control/} have in common: a format number, strict reading, one layout. */
public final class ControlDocument {

    public static final String FORMAT = "format";
    private static final long NEWEST_FORMAT = 1;

    private ControlDocument() {}

    /** The first member of every document. */
    public static JsonObject.Builder begin() {
        return JsonObject.builder().put(FORMAT, NEWEST_FORMAT);
    }

    public static byte[] bytes(JsonObject document) {
        return (JsonText.pretty(document) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The members of a stored document.
     *
     * @param keys every key the format has, besides its number
     * @throws UnreadableDocumentException when it is of another shape, or of a newer format
     */
    public static TypedObject parse(StoredObject object, List<String> keys) throws UnreadableDocumentException {
        String text = object.text().orElseThrow(() -> new UnreadableDocumentException("it is not UTF-8 text"));
        try {
            JsonValue value = JsonReader.read(text);
            requireFormat(value);
            return TypedObject.of(value, "", withFormat(keys));
        } catch (JsonSyntaxException | JsonShapeException e) {
            throw new UnreadableDocumentException("it is damaged: " + e.getMessage());
        }
    }

    /** The number decides before the shape does: a newer format may have keys that are unknown here. */
    private static void requireFormat(JsonValue value) throws UnreadableDocumentException, JsonShapeException {
        Set<String> present =
                value instanceof JsonObject object ? object.members().keySet() : Set.of();
        long format = TypedObject.of(value, "", present).requireUnsigned(FORMAT);
        if (format != NEWEST_FORMAT) {
            throw new UnreadableDocumentException("it has format " + Long.toUnsignedString(format)
                    + ", and this version of the service knows format " + NEWEST_FORMAT
                    + "; run the version that wrote it, or a newer one");
        }
    }

    private static Set<String> withFormat(List<String> keys) {
        List<String> all = new ArrayList<>(List.of(FORMAT));
        all.addAll(keys);
        return new LinkedHashSet<>(all);
    }
}
