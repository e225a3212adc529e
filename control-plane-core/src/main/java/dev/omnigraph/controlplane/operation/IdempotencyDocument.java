package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.document.ControlDocument;
import dev.omnigraph.controlplane.document.UnreadableDocumentException;
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

/** Keys as they are stored in {@code __control/idempotency/<hash>.json}, format 1. The key itself is only in the name. */
final class IdempotencyDocument {

    private static final List<String> KEYS =
            List.of("principal", "method", "path", "body_digest", "id", "claimed_at", "answer");
    private static final List<String> ANSWER_KEYS = List.of("status", "location", "body");

    private IdempotencyDocument() {}

    static byte[] write(RepeatableRequest request, String id, Instant claimedAt, Optional<KeptAnswer> answer) {
        return ControlDocument.bytes(ControlDocument.begin()
                .putOrNull("principal", request.principal())
                .put("method", request.method())
                .put("path", request.path())
                .put("body_digest", request.bodyDigest())
                .put("id", id)
                .put("claimed_at", WireTime.format(claimedAt))
                .put("answer", JsonValue.orNull(answer.map(IdempotencyDocument::answer)))
                .build());
    }

    /** The claim, if it is one for this very request; empty where the body was another. */
    static Optional<IdempotencyClaim> read(RepeatableRequest request, StoredObject object)
            throws UnreadableDocumentException {
        TypedObject document = ControlDocument.parse(object, KEYS);
        try {
            if (!document.requireString("body_digest").equals(request.bodyDigest())) {
                return Optional.empty();
            }
            return Optional.of(new IdempotencyClaim(
                    request,
                    document.requireString("id"),
                    instant(document.requireString("claimed_at")),
                    answer(document),
                    object.tag()));
        } catch (JsonShapeException e) {
            throw new UnreadableDocumentException("it is damaged: " + e.getMessage());
        }
    }

    /** When the key was claimed, whatever the request was. */
    static Instant claimedAt(StoredObject object) throws UnreadableDocumentException {
        try {
            return instant(ControlDocument.parse(object, KEYS).requireString("claimed_at"));
        } catch (JsonShapeException e) {
            throw new UnreadableDocumentException("it is damaged: " + e.getMessage());
        }
    }

    private static Instant instant(String text) throws JsonShapeException {
        return WireTime.parse(text)
                .orElseThrow(() -> new JsonShapeException("claimed_at", "`" + text + "` is no time"));
    }

    private static JsonObject answer(KeptAnswer answer) {
        return JsonObject.builder()
                .put("status", answer.status())
                .putOrNull("location", answer.location())
                .put("body", answer.body())
                .build();
    }

    private static Optional<KeptAnswer> answer(TypedObject document) throws JsonShapeException {
        if (!document.has("answer")) {
            return Optional.empty();
        }
        TypedObject answer = TypedObject.of(document.require("answer"), "answer", new LinkedHashSet<>(ANSWER_KEYS));
        return Optional.of(new KeptAnswer(
                (int) answer.requireUnsigned("status"),
                answer.optionalString("location"),
                answer.requireString("body")));
    }
}
