package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import dev.omnigraph.controlplane.json.JsonValue;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The columns of one row of {@code __manifest} (graph-format.md 2.4), but for {@code base_objects}, which is always
 * null.
 *
 * @param tableVersion unsigned
 * @param rowCount unsigned
 */
record ManifestRecord(
        String objectId,
        String objectType,
        Optional<String> location,
        Optional<String> metadata,
        String tableKey,
        OptionalLong tableVersion,
        Optional<String> tableBranch,
        OptionalLong rowCount) {

    String requireLocation() throws MalformedManifestException {
        return location.orElseThrow(() -> isNull("location"));
    }

    long requireTableVersion() throws MalformedManifestException {
        return tableVersion.orElseThrow(() -> isNull("table_version"));
    }

    long requireRowCount() throws MalformedManifestException {
        return rowCount.orElseThrow(() -> isNull("row_count"));
    }

    /** The metadata in its typed form. */
    <T> T parseMetadata(MetadataShape<T> shape) throws MalformedManifestException {
        String text = metadata.orElseThrow(() -> isNull("metadata"));
        try {
            return shape.read(JsonReader.read(text));
        } catch (JsonSyntaxException | JsonShapeException e) {
            throw malformed("metadata is not as the format says: " + e.getMessage());
        }
    }

    private MalformedManifestException isNull(String column) {
        return malformed(column + " is null");
    }

    private MalformedManifestException malformed(String problem) {
        return new MalformedManifestException("the " + objectType + " row " + objectId + " is malformed: " + problem);
    }

    /** Reads the metadata of one kind of rows. */
    interface MetadataShape<T> {
        T read(JsonValue json) throws JsonShapeException;
    }
}
