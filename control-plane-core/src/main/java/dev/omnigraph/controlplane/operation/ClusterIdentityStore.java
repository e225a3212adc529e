package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.document.ControlDocument;
import dev.omnigraph.controlplane.document.UnreadableDocumentException;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.TypedObject;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.StoredObject;
import java.util.List;

/** The identity in {@code __control/cluster.json}: the first start that comes writes it, all others read it. */
public final class ClusterIdentityStore {

    /** Where the identity lies. */
    public static final ObjectKey KEY = ControlKeys.CONTROL.child("cluster.json");

    private static final List<String> KEYS = List.of("cluster_id", "incarnation");
    /** A write without a clear answer is followed by another look, so often. */
    private static final int MAX_ATTEMPTS = 3;

    private final ObjectStore objects;

    public ClusterIdentityStore(ObjectStore objects) {
        this.objects = objects;
    }

    /** What the store says of itself. */
    public sealed interface Outcome {
        /** The identity that stands in the store, whoever wrote it. */
        record Established(ClusterIdentity identity) implements Outcome {}

        /** There is a document, but it cannot be understood. */
        record Unreadable(String reason) implements Outcome {}

        /** The store did not answer, or refused the write. */
        record Unavailable(String reason) implements Outcome {}
    }

    /** The stored identity; where there is none yet, {@code proposed} is stored, unless someone else is faster. */
    public Outcome establish(ClusterIdentity proposed) {
        String reason = "";
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            GetOutcome present = objects.get(KEY);
            if (!(present instanceof GetOutcome.Absent)) {
                return stored(present);
            }
            PutOutcome put = objects.putIfAbsent(KEY, write(proposed));
            if (put instanceof PutOutcome.Done) {
                return new Outcome.Established(proposed);
            } else if (put instanceof PutOutcome.Lost lost) {
                return stored(lost.present());
            } else if (put instanceof PutOutcome.Refused refused) {
                return new Outcome.Unavailable(refused.reason());
            }
            reason = ((PutOutcome.Unknown) put).reason();
        }
        return new Outcome.Unavailable(reason);
    }

    private static Outcome stored(GetOutcome present) {
        if (present instanceof GetOutcome.Found found) {
            return parse(found.object());
        } else if (present instanceof GetOutcome.Unusable unusable) {
            return new Outcome.Unreadable(unusable.reason());
        } else if (present instanceof GetOutcome.Unknown unknown) {
            return new Outcome.Unavailable(unknown.reason());
        }
        return new Outcome.Unavailable(KEY + " was written and removed again at this moment");
    }

    private static Outcome parse(StoredObject object) {
        try {
            TypedObject document = ControlDocument.parse(object, KEYS);
            return new Outcome.Established(
                    new ClusterIdentity(document.requireString("cluster_id"), document.requireString("incarnation")));
        } catch (UnreadableDocumentException | JsonShapeException e) {
            return new Outcome.Unreadable(KEY + ": " + e.getMessage());
        }
    }

    private static byte[] write(ClusterIdentity identity) {
        return ControlDocument.bytes(ControlDocument.begin()
                .put("cluster_id", identity.clusterId())
                .put("incarnation", identity.incarnation())
                .build());
    }
}
