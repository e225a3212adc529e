package dev.omnigraph.controlplane.language.schema;

import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.TypedObject;
import dev.omnigraph.controlplane.language.LanguageException;
import java.util.Set;

/**
 * What {@code __schema_state.json} says: the hash of the canonical form that the graph has accepted (graph-format.md
 * 4.2).
 *
 * @param irHash as {@link SchemaIr#hash()} gives it
 */
public record SchemaState(String irHash) {

    private static final int FORMAT_VERSION = 1;
    private static final int IDENTITY_VERSION = 1;

    /** The content of {@code __schema_state.json}. */
    public String text() {
        return JsonText.pretty(JsonObject.builder()
                .put("format_version", FORMAT_VERSION)
                .put("schema_ir_hash", irHash)
                .put("schema_identity_version", IDENTITY_VERSION)
                .build());
    }

    /**
     * Reads {@code __schema_state.json}. Unknown keys are passed over; the identity version must be there, but the
     * engine gives its value no meaning.
     *
     * @throws LanguageException when the text is no schema state of format version 1
     */
    public static SchemaState parse(String json) throws LanguageException {
        try {
            TypedObject object = TypedObject.open(
                    JsonReader.read(json), "", Set.of("format_version", "schema_ir_hash", "schema_identity_version"));
            long version = object.requireUnsigned("format_version");
            if (version != FORMAT_VERSION) {
                throw new JsonShapeException(
                        "format_version",
                        "is " + Long.toUnsignedString(version) + "; this service reads version " + FORMAT_VERSION);
            }
            object.requireUnsigned("schema_identity_version");
            return new SchemaState(object.requireString("schema_ir_hash"));
        } catch (JsonSyntaxException | JsonShapeException e) {
            throw new LanguageException("the stored schema state cannot be read: " + e.getMessage());
        }
    }
}
