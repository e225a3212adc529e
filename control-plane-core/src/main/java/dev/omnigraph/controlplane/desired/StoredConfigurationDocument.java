package dev.omnigraph.controlplane.desired;

import dev.omnigraph.controlplane.document.ControlDocument;
import dev.omnigraph.controlplane.document.UnreadableDocumentException;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.TypedObject;
import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.storage.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The file list of a configuration, {@code __control/configurations/<digits>/files.json}, format 1. */
final class StoredConfigurationDocument {

    private static final List<String> KEYS = List.of("configuration", "actor", "stored_at", "files");
    private static final Set<String> FILE_KEYS = new LinkedHashSet<>(List.of("path", "sha256", "bytes"));

    private StoredConfigurationDocument() {}

    static byte[] write(StoredConfiguration configuration) {
        List<JsonObject> files = configuration.files().stream()
                .map(file -> JsonObject.builder()
                        .put("path", file.path())
                        .put("sha256", file.digest())
                        .put("bytes", file.bytes())
                        .build())
                .toList();
        return ControlDocument.bytes(ControlDocument.begin()
                .put("configuration", configuration.name().text())
                .putOrNull("actor", configuration.actor())
                .put("stored_at", WireTime.format(configuration.storedAt()))
                .put("files", JsonArray.of(files))
                .build());
    }

    /** What is read has the name that follows from its files. */
    static StoredConfiguration read(StoredObject object) throws UnreadableDocumentException {
        TypedObject document = ControlDocument.parse(object, KEYS);
        try {
            List<StoredFile> files = new ArrayList<>();
            Map<String, String> digests = new LinkedHashMap<>();
            for (TypedObject file : document.objectsOrNone("files", FILE_KEYS)) {
                files.add(new StoredFile(
                        file.requireString("path"), file.requireString("sha256"), file.requireUnsigned("bytes")));
                digests.put(file.requireString("path"), file.requireString("sha256"));
            }
            ConfigurationName name = ConfigurationName.of(digests);
            if (!document.requireString("configuration").equals(name.text())) {
                throw new UnreadableDocumentException(
                        "its files are those of " + name + ", not the ones it is named by");
            }
            return new StoredConfiguration(name, files, document.optionalString("actor"), storedAt(document));
        } catch (JsonShapeException e) {
            throw new UnreadableDocumentException("it is damaged: " + e.getMessage());
        }
    }

    private static Instant storedAt(TypedObject document) throws JsonShapeException {
        return WireTime.parse(document.requireString("stored_at"))
                .orElseThrow(() -> new JsonShapeException("stored_at", "is no time"));
    }
}
