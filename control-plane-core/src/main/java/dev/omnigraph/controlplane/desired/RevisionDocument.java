package dev.omnigraph.controlplane.desired;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.document.ControlDocument;
import dev.omnigraph.controlplane.document.UnreadableDocumentException;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.TypedObject;
import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.storage.StoredObject;
import java.util.List;

/** Revisions as they are stored in {@code __control/revisions/<id>.json}, format 1. The record does not hold its id. */
final class RevisionDocument {

    private static final List<String> KEYS = List.of("parent", "configuration", "message", "actor", "created_at");

    private RevisionDocument() {}

    static byte[] write(Revision revision) {
        return ControlDocument.bytes(ControlDocument.begin()
                .putOrNull("parent", revision.parent())
                .put("configuration", revision.configuration().text())
                .putOrNull("message", revision.message())
                .putOrNull("actor", revision.actor())
                .put("created_at", WireTime.format(revision.createdAt()))
                .build());
    }

    /** The revision with its id. */
    static Revision named(Revision revision) {
        return withId(revision, write(revision));
    }

    static Revision read(StoredObject object) throws UnreadableDocumentException {
        TypedObject document = ControlDocument.parse(object, KEYS);
        try {
            Revision revision = new Revision(
                    "",
                    document.optionalString("parent"),
                    ConfigurationName.parse(document.requireString("configuration"))
                            .orElseThrow(() -> new JsonShapeException("configuration", "names no configuration")),
                    document.optionalString("message"),
                    document.optionalString("actor"),
                    WireTime.parse(document.requireString("created_at"))
                            .orElseThrow(() -> new JsonShapeException("created_at", "is no time")));
            return withId(revision, object.bytes());
        } catch (JsonShapeException e) {
            throw new UnreadableDocumentException("it is damaged: " + e.getMessage());
        }
    }

    private static Revision withId(Revision revision, byte[] record) {
        return new Revision(
                Sha256.hex(record).substring(0, Revision.ID_LENGTH),
                revision.parent(),
                revision.configuration(),
                revision.message(),
                revision.actor(),
                revision.createdAt());
    }
}
