package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.json.JsonBoolean;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.ledger.Sidecar;
import dev.omnigraph.controlplane.recovery.RecoveryDecision;
import dev.omnigraph.controlplane.recovery.Sweep;
import java.util.Locale;
import java.util.Optional;

/**
 * A pending recovery record and what the next sweep makes of it.
 *
 * @param file where it lies, as people know it
 * @param leftover what a person would discard; empty where there is nothing of ours to discard
 */
public record RecoveryView(String file, Sweep.Examined examined, Optional<Leftover> leftover) {

    private static final String SUFFIX = ".json";

    /**
     * A part of a graph that a create of this service left.
     *
     * @param objectsDigest names exactly these objects
     */
    public record Leftover(String objectsDigest, long objects, long bytes) {}

    /** The name by which it is discarded or set aside. */
    public String id() {
        String name = examined.file().name();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    public JsonObject toJson() {
        Optional<Sidecar> sidecar = examined.sidecar();
        return JsonObject.builder()
                .put("recovery_id", id())
                .put("file", file)
                .putOrNull("kind", sidecar.map(known -> known.kind().wire()))
                .putOrNull("graph_id", sidecar.map(Sidecar::graphId))
                .putOrNull("graph_uri", sidecar.map(Sidecar::graphUri))
                .putOrNull("actor", sidecar.flatMap(Sidecar::actor))
                .putOrNull("started_at", sidecar.map(Sidecar::startedAt))
                .putOrNull("approval_id", sidecar.flatMap(Sidecar::approvalId))
                .putOrNull("row", examined.decision().map(RecoveryDecision::row))
                .putOrNull("decision", examined.decision().map(RecoveryView::word))
                .put("reason", examined.reason())
                .put("discardable", new JsonBoolean(leftover.isPresent()))
                .putOrNull("objects_digest", leftover.map(Leftover::objectsDigest))
                .put("objects", JsonValue.orNull(leftover.map(Leftover::objects).map(JsonNumber::of)))
                .put("bytes", JsonValue.orNull(leftover.map(Leftover::bytes).map(JsonNumber::of)))
                .build();
    }

    /** {@code KeepDrifted} is {@code keep_drifted} on the wire. */
    private static String word(RecoveryDecision decision) {
        return decision.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])([A-Z])", "_$1")
                .toLowerCase(Locale.ROOT);
    }
}
