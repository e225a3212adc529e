package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.json.JsonNull;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.json.TypedObject;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a manifest row says of the version file of a pinned table version (graph-format.md 3.2).
 *
 * @param manifestPath of the version file in its object store, without a leading slash
 * @param manifestSize in bytes
 */
record VersionMetadata(
        String manifestPath, OptionalLong manifestSize, Optional<String> eTag, Optional<String> namingScheme) {

    private static final String MANIFEST_PATH = "manifest_path";
    private static final String MANIFEST_SIZE = "manifest_size";
    private static final String E_TAG = "e_tag";
    private static final String NAMING_SCHEME = "naming_scheme";
    private static final Set<String> KEYS = Set.of(MANIFEST_PATH, MANIFEST_SIZE, E_TAG, NAMING_SCHEME);

    static VersionMetadata of(JsonValue json) throws JsonShapeException {
        TypedObject object = TypedObject.open(json, "", KEYS);
        return new VersionMetadata(
                object.requireString(MANIFEST_PATH),
                object.optionalUnsigned(MANIFEST_SIZE),
                object.optionalString(E_TAG),
                object.optionalString(NAMING_SCHEME));
    }

    /** The form that is stored: absent values are {@code null}. */
    String toJson() {
        JsonValue size = manifestSize.isPresent() ? JsonNumber.of(manifestSize.getAsLong()) : JsonNull.INSTANCE;
        return JsonText.compact(JsonObject.builder()
                .put(MANIFEST_PATH, manifestPath)
                .put(MANIFEST_SIZE, size)
                .putOrNull(E_TAG, eTag)
                .putOrNull(NAMING_SCHEME, namingScheme)
                .build());
    }
}
