package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.document.ControlDocument;
import dev.omnigraph.controlplane.document.UnreadableDocumentException;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.TypedObject;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.StoredObject;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The freeze of one cluster, {@code __control/freeze.json}: while the document is there, every replica refuses commands
 * that change things. Of racing freezes the first stays. Thread-safe.
 */
public final class FreezeStore {

    private static final List<String> KEYS = List.of("actor", "reason", "since");

    /** A deletion without an answer is sent so often. The tag tells whether it still means the same freeze. */
    private static final int ATTEMPTS = 3;

    private final ObjectStore objects;

    public FreezeStore(ObjectStore objects) {
        this.objects = objects;
    }

    /** Whether the cluster is frozen now. */
    public FreezeRead read() {
        return read(objects.get(ControlKeys.FREEZE));
    }

    /** Freezes the cluster, unless it is frozen already; tells what freezes it now. */
    public FreezeRead freeze(Freeze freeze) {
        byte[] bytes = write(freeze);
        PutOutcome outcome = objects.putIfAbsent(ControlKeys.FREEZE, bytes);
        if (outcome instanceof PutOutcome.Done done) {
            return new FreezeRead.Frozen(freeze, done.tag());
        } else if (outcome instanceof PutOutcome.Lost lost) {
            return read(lost.present());
        } else if (outcome instanceof PutOutcome.Refused refused) {
            return new FreezeRead.Unavailable(refused.reason());
        }
        FreezeRead now = read();
        return now instanceof FreezeRead.None
                ? new FreezeRead.Unavailable(((PutOutcome.Unknown) outcome).reason())
                : now;
    }

    /**
     * Ends the freeze that stands now, whatever it says; one that somebody begins meanwhile stays. Empty when it is ended,
     * or there was none; else why the cluster is, or may be, still frozen.
     */
    public Optional<String> end() {
        GetOutcome now = objects.get(ControlKeys.FREEZE);
        if (now instanceof GetOutcome.Absent) {
            return Optional.empty();
        }
        if (!(now instanceof GetOutcome.Found found)) {
            return Optional.of(
                    now instanceof GetOutcome.Unusable unusable
                            ? "the freeze cannot be read, and was left: " + unusable.reason()
                            : ((GetOutcome.Unknown) now).reason());
        }
        return end(found.object().tag(), 1);
    }

    private Optional<String> end(VersionTag seen, int attempt) {
        DeleteOutcome outcome = objects.deleteIfMatch(ControlKeys.FREEZE, seen);
        if (outcome instanceof DeleteOutcome.Done) {
            return Optional.empty();
        } else if (outcome instanceof DeleteOutcome.Refused refused) {
            return Optional.of(refused.reason());
        } else if (outcome instanceof DeleteOutcome.Lost lost) {
            return standing(read(lost.present()));
        } else if (attempt < ATTEMPTS) {
            return end(seen, attempt + 1);
        }
        return Optional.of(((DeleteOutcome.Unknown) outcome).reason());
    }

    private static Optional<String> standing(FreezeRead other) {
        if (other instanceof FreezeRead.None) {
            return Optional.empty();
        } else if (other instanceof FreezeRead.Unavailable unavailable) {
            return Optional.of(unavailable.reason());
        }
        return other.refusal().map(reason -> "another freeze was begun meanwhile, and stands: " + reason);
    }

    private static FreezeRead read(GetOutcome outcome) {
        if (outcome instanceof GetOutcome.Found found) {
            return parse(found.object());
        } else if (outcome instanceof GetOutcome.Absent) {
            return new FreezeRead.None();
        } else if (outcome instanceof GetOutcome.Unusable unusable) {
            return new FreezeRead.Unreadable(unusable.reason());
        }
        return new FreezeRead.Unavailable(((GetOutcome.Unknown) outcome).reason());
    }

    private static FreezeRead parse(StoredObject object) {
        try {
            TypedObject document = ControlDocument.parse(object, KEYS);
            Instant since = WireTime.parse(document.requireString("since"))
                    .orElseThrow(() -> new UnreadableDocumentException("its time is no time"));
            return new FreezeRead.Frozen(
                    new Freeze(document.optionalString("actor"), document.requireString("reason"), since),
                    object.tag());
        } catch (UnreadableDocumentException | JsonShapeException e) {
            return new FreezeRead.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static byte[] write(Freeze freeze) {
        return ControlDocument.bytes(ControlDocument.begin()
                .putOrNull("actor", freeze.actor())
                .put("reason", freeze.reason())
                .put("since", WireTime.format(freeze.since()))
                .build());
    }
}
