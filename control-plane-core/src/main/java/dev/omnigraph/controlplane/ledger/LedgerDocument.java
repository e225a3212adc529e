package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.digest.EmbeddingProfile;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.json.TypedObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** {@code __cluster/state.json} as text (control-plane.md 4.1 and 4.2). */
public final class LedgerDocument {

    private static final Set<String> TOP_KEYS = StoredDocument.keys(
            "version",
            "state_revision",
            "applied_revision",
            "resource_statuses",
            "approval_records",
            "recovery_records",
            "observations");
    private static final Set<String> REVISION_KEYS = StoredDocument.keys("config_digest", "resources");
    private static final Set<String> ENTRY_KEYS =
            StoredDocument.keys("digest", "applies_to", "embedding_provider", "embedding_profile");
    private static final Set<String> STATUS_KEYS = StoredDocument.keys("status", "conditions", "message");
    private static final Set<String> PROFILE_KEYS = StoredDocument.keys("kind", "base_url", "model", "api_key");

    private LedgerDocument() {}

    /** The document as it is stored, with its final line break. */
    public static String write(Ledger ledger) {
        JsonObject document = JsonObject.builder()
                .put("version", StoredDocument.VERSION)
                .put("state_revision", unsigned(ledger.revision()))
                .put(
                        "applied_revision",
                        JsonObject.builder()
                                .putOrNull("config_digest", ledger.configDigest())
                                .put("resources", resources(ledger.resources()))
                                .build())
                .put("resource_statuses", statuses(ledger.statuses()))
                .put("approval_records", JsonObject.copyOf(ledger.approvalRecords()))
                .put("recovery_records", JsonObject.copyOf(ledger.recoveryRecords()))
                .put("observations", JsonObject.copyOf(ledger.observations()))
                .build();
        return JsonText.pretty(document) + "\n";
    }

    /** Reads a stored document strictly. */
    public static Ledger read(String text) throws InvalidDocumentException {
        return StoredDocument.read("the ledger", text, TOP_KEYS, LedgerDocument::readLedger);
    }

    /** The digests of all resources as a JSON object, for outputs. */
    public static JsonObject digests(Ledger ledger) {
        JsonObject.Builder digests = JsonObject.builder();
        ledger.resources().forEach((address, entry) -> digests.put(address.text(), entry.digest()));
        return digests.build();
    }

    /** The statuses of all resources as they are stored, for outputs. */
    public static JsonObject statuses(SortedMap<ResourceAddress, ResourceStatus> statuses) {
        JsonObject.Builder map = JsonObject.builder();
        statuses.forEach((address, status) -> map.put(address.text(), status(status)));
        return map.build();
    }

    private static Ledger readLedger(TypedObject document) throws JsonShapeException {
        Ledger.Editor ledger = new Ledger.Editor().revision(document.unsignedOrZero("state_revision"));
        TypedObject revision =
                TypedObject.of(document.require("applied_revision"), document.child("applied_revision"), REVISION_KEYS);
        ledger.configDigest(revision.optionalString("config_digest"));
        for (Map.Entry<String, JsonValue> resource :
                revision.mapOrEmpty("resources").entrySet()) {
            ledger.putEntry(
                    ResourceAddress.parse(resource.getKey()),
                    readEntry(resource.getValue(), revision.child("resources") + "." + resource.getKey()));
        }
        for (Map.Entry<String, JsonValue> status :
                document.mapOrEmpty("resource_statuses").entrySet()) {
            ledger.putStatus(
                    ResourceAddress.parse(status.getKey()),
                    readStatus(status.getValue(), "resource_statuses." + status.getKey()));
        }
        document.mapOrEmpty("approval_records").forEach(ledger::putApprovalRecord);
        document.mapOrEmpty("recovery_records").forEach(ledger::putRecoveryRecord);
        document.mapOrEmpty("observations").forEach(ledger::putObservation);
        return ledger.build();
    }

    private static LedgerEntry readEntry(JsonValue value, String path) throws JsonShapeException {
        TypedObject entry = TypedObject.of(value, path, ENTRY_KEYS);
        Optional<JsonValue> profile = entry.optional("embedding_profile");
        return new LedgerEntry(
                entry.requireString("digest"),
                entry.optionalStrings("applies_to"),
                entry.optionalString("embedding_provider"),
                profile.isEmpty()
                        ? Optional.empty()
                        : Optional.of(readProfile(profile.get(), entry.child("embedding_profile"))));
    }

    private static EmbeddingProfile readProfile(JsonValue value, String path) throws JsonShapeException {
        TypedObject profile = TypedObject.of(value, path, PROFILE_KEYS);
        return new EmbeddingProfile(
                profile.optionalString("kind"),
                profile.optionalString("base_url"),
                profile.optionalString("model"),
                profile.optionalString("api_key"));
    }

    private static ResourceStatus readStatus(JsonValue value, String path) throws JsonShapeException {
        TypedObject status = TypedObject.of(value, path, STATUS_KEYS);
        String word = status.requireString("status");
        ResourceStatus.Kind kind = ResourceStatus.Kind.fromWire(word)
                .orElseThrow(() -> new JsonShapeException(status.child("status"), "unknown status `" + word + "`"));
        return new ResourceStatus(kind, status.stringsOrNone("conditions"), status.optionalString("message"));
    }

    private static JsonObject resources(SortedMap<ResourceAddress, LedgerEntry> resources) {
        Map<String, JsonValue> map = new LinkedHashMap<>();
        resources.forEach((address, entry) -> {
            JsonObject.Builder value = JsonObject.builder().put("digest", entry.digest());
            entry.appliesTo().ifPresent(bindings -> value.put("applies_to", JsonArray.ofStrings(bindings)));
            value.putIfPresent("embedding_provider", entry.embeddingProvider());
            entry.embeddingProfile().ifPresent(profile -> value.put("embedding_profile", profile.toJson()));
            map.put(address.text(), value.build());
        });
        return JsonObject.copyOf(map);
    }

    private static JsonObject status(ResourceStatus status) {
        JsonObject.Builder value =
                JsonObject.builder().put("status", status.kind().wire());
        if (!status.conditions().isEmpty()) {
            value.put("conditions", JsonArray.ofStrings(status.conditions()));
        }
        return value.putIfPresent("message", status.message()).build();
    }

    private static JsonValue unsigned(long value) {
        return new JsonNumber(Long.toUnsignedString(value));
    }
}
