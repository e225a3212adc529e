package dev.omnigraph.controlplane.storedplan;

import dev.omnigraph.controlplane.desired.ConfigurationName;
import dev.omnigraph.controlplane.document.ControlDocument;
import dev.omnigraph.controlplane.document.UnreadableDocumentException;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.json.TypedObject;
import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.storage.StoredObject;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans as they are stored in {@code __control/plans/<ulid>.json}, format 1. */
final class StoredPlanDocument {

    private static final List<String> KEYS = List.of(
            "plan_id",
            "configuration",
            "plan_digest",
            "state_cas",
            "actor",
            "created_at",
            "expires_at",
            "abandoned",
            "operations",
            "output",
            "text");
    private static final Set<String> ABANDONED_KEYS = new LinkedHashSet<>(List.of("actor", "at"));

    private StoredPlanDocument() {}

    static byte[] write(StoredPlan plan) {
        return ControlDocument.bytes(ControlDocument.begin()
                .put("plan_id", plan.id())
                .put("configuration", plan.configuration().text())
                .put("plan_digest", plan.planDigest())
                .put("state_cas", plan.stateCas())
                .putOrNull("actor", plan.actor())
                .put("created_at", WireTime.format(plan.createdAt()))
                .put("expires_at", WireTime.format(plan.expiresAt()))
                .put("abandoned", JsonValue.orNull(plan.abandoned().map(StoredPlanDocument::abandonment)))
                .put("operations", JsonArray.ofStrings(plan.operations()))
                .put("output", plan.output())
                .put("text", plan.text())
                .build());
    }

    private static JsonObject abandonment(StoredPlan.Abandonment abandoned) {
        return JsonObject.builder()
                .putOrNull("actor", abandoned.actor())
                .put("at", WireTime.format(abandoned.at()))
                .build();
    }

    static StoredPlan read(StoredObject object) throws UnreadableDocumentException {
        TypedObject document = ControlDocument.parse(object, KEYS);
        try {
            return read(document);
        } catch (JsonShapeException e) {
            throw new UnreadableDocumentException("it is damaged: " + e.getMessage());
        }
    }

    private static StoredPlan read(TypedObject document) throws JsonShapeException {
        if (!(document.require("output") instanceof JsonObject output)) {
            throw new JsonShapeException("output", "expected an object");
        }
        return new StoredPlan(
                document.requireString("plan_id"),
                ConfigurationName.parse(document.requireString("configuration"))
                        .orElseThrow(() -> new JsonShapeException("configuration", "names no configuration")),
                document.requireString("plan_digest"),
                document.requireString("state_cas"),
                output,
                document.requireString("text"),
                document.optionalString("actor"),
                instant(document, "created_at"),
                instant(document, "expires_at"),
                document.has("abandoned") ? Optional.of(abandonment(document)) : Optional.empty(),
                document.stringsOrNone("operations"));
    }

    private static StoredPlan.Abandonment abandonment(TypedObject document) throws JsonShapeException {
        TypedObject abandoned =
                TypedObject.of(document.require("abandoned"), document.child("abandoned"), ABANDONED_KEYS);
        return new StoredPlan.Abandonment(abandoned.optionalString("actor"), instant(abandoned, "at"));
    }

    private static Instant instant(TypedObject document, String key) throws JsonShapeException {
        return WireTime.parse(document.requireString(key))
                .orElseThrow(() -> new JsonShapeException(document.child(key), "is no time"));
    }
}
