package dev.omnigraph.controlplane.lance;

import java.util.Map;

/**
 * The version of the engine's internal format, kept in the schema metadata of {@code __manifest}. Exactly one version is
 * read and written (graph-format.md 3.6); it is never changed here.
 */
final class ManifestStamp {

    static final String KEY = "omnigraph:internal_schema_version";
    static final long SUPPORTED = 4;

    /** What a manifest without a readable stamp counts as. */
    private static final long UNSTAMPED = 1;

    private ManifestStamp() {}

    /** @throws MalformedManifestException when the stamp is another than the supported one; it says what to do */
    static void require(Map<String, String> schemaMetadata) throws MalformedManifestException {
        String text = schemaMetadata.get(KEY);
        if (text == null) {
            throw new MalformedManifestException("it has no format stamp (" + KEY
                    + "): either its creation was never finished, or an engine before stamp " + SUPPORTED
                    + " wrote it");
        }
        int order = Long.compareUnsigned(parse(text), SUPPORTED);
        if (order < 0) {
            throw new MalformedManifestException("its format stamp is `" + text + "`, and only " + SUPPORTED
                    + " is read: export the graph with the engine that wrote it and load it into a new one");
        }
        if (order > 0) {
            throw new MalformedManifestException("its format stamp is `" + text + "`, and only " + SUPPORTED
                    + " is read: a newer engine wrote it, so upgrade this service");
        }
    }

    private static long parse(String text) {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            return UNSTAMPED;
        }
    }
}
