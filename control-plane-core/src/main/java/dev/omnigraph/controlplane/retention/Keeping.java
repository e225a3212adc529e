package dev.omnigraph.controlplane.retention;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One kind of thing that is kept for a time. */
interface Keeping {

    /** The word for it in answers. */
    String kind();

    /** Where a run can be stopped after each removal. */
    default FaultPoint afterRemoval() {
        return FaultPoint.RETENTION_AFTER_REMOVAL;
    }

    /**
     * What may be due, oldest first. Nothing is removed before a candidate is looked at.
     *
     * @throws StorageUnavailableException where the storage does not answer; nothing of this kind is removed then
     */
    List<Candidate> candidates();

    /**
     * Something that may be due.
     *
     * @param look decides, and removes what is due
     */
    record Candidate(ObjectKey key, Supplier<Fate> look) {}

    /** What became of a candidate. */
    sealed interface Fate {

        /** It is gone. */
        record Removed() implements Fate {}

        /** It stays, because something needs it still or it is not known whether something does. */
        record Kept(String reason) implements Fate {}

        /** Its time has not come. */
        record NotDue() implements Fate {}

        /** It could not be removed, or not wholly. */
        record Failed(String reason) implements Fate {}

        /** What removing something came to, by the reason why some of it may be left. */
        static Fate ofRemoval(Optional<String> left) {
            return left.<Fate>map(Failed::new).orElseGet(Removed::new);
        }

        /** What deleting one object under a condition came to. */
        static Fate of(DeleteOutcome outcome) {
            if (outcome instanceof DeleteOutcome.Done) {
                return new Removed();
            }
            if (outcome instanceof DeleteOutcome.Lost) {
                return new Kept("it was changed at this moment");
            }
            return new Failed(
                    outcome instanceof DeleteOutcome.Refused refused
                            ? refused.reason()
                            : "whether it was removed is not known: " + ((DeleteOutcome.Unknown) outcome).reason());
        }
    }
}
