package dev.omnigraph.controlplane.approval;

import dev.omnigraph.controlplane.document.ControlDocument;
import dev.omnigraph.controlplane.document.UnreadableDocumentException;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.TypedObject;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.StoredObject;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** The reservations of approvals. Thread-safe. */
public final class ReservationStore {

    private static final List<String> KEYS = List.of("sidecar", "revoked");
    /** A write without a clear answer is repeated so often, with the same bytes under the same condition. */
    private static final int MAX_ATTEMPTS = 3;

    private final ObjectStore store;

    public ReservationStore(ObjectStore store) {
        this.store = store;
    }

    /** What is there. */
    sealed interface Reading {

        record Found(Reservation reservation, VersionTag tag) implements Reading {}

        record Absent() implements Reading {}

        /** It stands there and cannot be understood, so nobody may use the approval. */
        record Unreadable(String reason) implements Reading {}

        record Unknown(String reason) implements Reading {}
    }

    Reading read(String approvalId) {
        return reading(store.get(key(approvalId)));
    }

    /**
     * Reserves an approval unless somebody else has it.
     *
     * @param isVoid whether another operation's reservation of this approval counts no more: approval id, sidecar id
     */
    public Claim claim(String approvalId, Reservation ours, BiPredicate<String, String> isVoid) {
        Reading present = read(approvalId);
        if (present instanceof Reading.Absent) {
            return put(approvalId, ours, () -> store.putIfAbsent(key(approvalId), bytes(ours)));
        }
        if (present instanceof Reading.Found found) {
            if (found.reservation().equals(ours)) {
                return new Claim.Ours();
            }
            return found.reservation() instanceof Reservation.ForSidecar other
                            && isVoid.test(approvalId, other.sidecar())
                    ? put(approvalId, ours, () -> store.putIfMatch(key(approvalId), bytes(ours), found.tag()))
                    : new Claim.Taken(found.reservation());
        }
        return present instanceof Reading.Unreadable unreadable
                ? new Claim.Refused(unreadable.reason())
                : new Claim.Unknown(((Reading.Unknown) present).reason());
    }

    private Claim put(String approvalId, Reservation ours, Supplier<PutOutcome> write) {
        String reason = "";
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            PutOutcome outcome = write.get();
            if (outcome instanceof PutOutcome.Done) {
                return new Claim.Ours();
            }
            if (outcome instanceof PutOutcome.Lost lost) {
                return afterLoss(ours, reading(lost.present()));
            }
            if (outcome instanceof PutOutcome.Refused refused && attempt == 0) {
                return new Claim.Refused(refused.reason());
            }
            reason = outcome instanceof PutOutcome.Unknown unknown ? unknown.reason() : reason;
        }
        return new Claim.Unknown("whether approval " + approvalId + " is reserved is not known: " + reason);
    }

    /** Ours stands there when an earlier attempt, whose answer got lost, came through after all. */
    private static Claim afterLoss(Reservation ours, Reading present) {
        if (present instanceof Reading.Found found) {
            return found.reservation().equals(ours) ? new Claim.Ours() : new Claim.Taken(found.reservation());
        }
        return new Claim.Unknown("the reservation changes at this moment");
    }

    private static Reading reading(GetOutcome outcome) {
        if (outcome instanceof GetOutcome.Found found) {
            return parse(found.object());
        }
        if (outcome instanceof GetOutcome.Absent) {
            return new Reading.Absent();
        }
        return outcome instanceof GetOutcome.Unusable unusable
                ? new Reading.Unreadable(unusable.reason())
                : new Reading.Unknown(((GetOutcome.Unknown) outcome).reason());
    }

    private static Reading parse(StoredObject object) {
        try {
            TypedObject document = ControlDocument.parse(object, KEYS);
            Optional<String> sidecar = document.optionalString("sidecar");
            Optional<String> revoked = document.optionalString("revoked");
            if (sidecar.isPresent() == revoked.isPresent()) {
                return new Reading.Unreadable("the reservation names neither one sidecar nor one revocation");
            }
            return new Reading.Found(
                    sidecar.<Reservation>map(Reservation.ForSidecar::new)
                            .orElseGet(() -> new Reservation.Revoked(revoked.orElseThrow())),
                    object.tag());
        } catch (UnreadableDocumentException | JsonShapeException e) {
            return new Reading.Unreadable("the reservation cannot be read: " + e.getMessage());
        }
    }

    private static byte[] bytes(Reservation reservation) {
        JsonObject.Builder document = ControlDocument.begin();
        if (reservation instanceof Reservation.ForSidecar use) {
            document.put("sidecar", use.sidecar());
        } else if (reservation instanceof Reservation.Revoked revoked) {
            document.put("revoked", revoked.revocation());
        }
        return ControlDocument.bytes(document.build());
    }

    private static ObjectKey key(String approvalId) {
        return ControlKeys.RESERVATIONS.child(approvalId + ".json");
    }
}
