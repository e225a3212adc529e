package dev.omnigraph.controlplane.ledger;

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
 * A recovery sidecar: the intent recorded before a graph is moved, removed after the ledger knows the outcome
 * (control-plane.md 6.1).
 *
 * @param observedManifestVersion the graph's version before the call, unsigned; empty where there was none
 * @param expectedManifestVersion the version after the call, once it is known
 * @param desiredSchemaDigest of the source being applied; empty text for a delete
 * @param stateCasBase the token of the ledger that the operation started from; for people, no decision reads it
 */
public record Sidecar(
        String operationId,
        String startedAt,
        Optional<String> actor,
        SidecarKind kind,
        String graphId,
        String graphUri,
        OptionalLong observedManifestVersion,
        OptionalLong expectedManifestVersion,
        String desiredSchemaDigest,
        Optional<String> stateCasBase,
        Optional<String> approvalId) {

    private static final Set<String> KEYS = StoredDocument.keys(
            "schema_version",
            "operation_id",
            "started_at",
            "actor",
            "kind",
            "graph_id",
            "graph_uri",
            "observed_manifest_version",
            "expected_manifest_version",
            "desired_schema_digest",
            "state_cas_base",
            "approval_id");

    /** The same intent, with the version that the graph has now. */
    public Sidecar expecting(long manifestVersion) {
        return new Sidecar(
                operationId,
                startedAt,
                actor,
                kind,
                graphId,
                graphUri,
                observedManifestVersion,
                OptionalLong.of(manifestVersion),
                desiredSchemaDigest,
                stateCasBase,
                approvalId);
    }

    /** The same intent, under this approval. */
    public Sidecar approvedBy(String approval) {
        return new Sidecar(
                operationId,
                startedAt,
                actor,
                kind,
                graphId,
                graphUri,
                observedManifestVersion,
                expectedManifestVersion,
                desiredSchemaDigest,
                stateCasBase,
                Optional.of(approval));
    }

    /** The document as it is stored, with its final line break. */
    public String write() {
        JsonObject document = JsonObject.builder()
                .put("schema_version", StoredDocument.VERSION)
                .put("operation_id", operationId)
                .put("started_at", startedAt)
                .putOrNull("actor", actor)
                .put("kind", kind.wire())
                .put("graph_id", graphId)
                .put("graph_uri", graphUri)
                .put("observed_manifest_version", unsignedOrNull(observedManifestVersion))
                .put("expected_manifest_version", unsignedOrNull(expectedManifestVersion))
                .put("desired_schema_digest", desiredSchemaDigest)
                .putOrNull("state_cas_base", stateCasBase)
                .putOrNull("approval_id", approvalId)
                .build();
        return JsonText.pretty(document) + "\n";
    }

    /** Reads a stored sidecar strictly. */
    public static Sidecar read(String text) throws InvalidDocumentException {
        return StoredDocument.read("the recovery record", text, KEYS, Sidecar::read);
    }

    private static Sidecar read(TypedObject sidecar) throws JsonShapeException {
        String word = sidecar.requireString("kind");
        return new Sidecar(
                sidecar.requireString("operation_id"),
                sidecar.requireString("started_at"),
                sidecar.optionalString("actor"),
                SidecarKind.fromWire(word)
                        .orElseThrow(() -> new JsonShapeException("kind", "unknown kind `" + word + "`")),
                sidecar.requireString("graph_id"),
                sidecar.requireString("graph_uri"),
                sidecar.optionalUnsigned("observed_manifest_version"),
                sidecar.optionalUnsigned("expected_manifest_version"),
                sidecar.requireString("desired_schema_digest"),
                sidecar.optionalString("state_cas_base"),
                sidecar.optionalString("approval_id"));
    }

    private static JsonValue unsignedOrNull(OptionalLong value) {
        return value.isPresent() ? new JsonNumber(Long.toUnsignedString(value.getAsLong())) : JsonNull.INSTANCE;
    }
}
