package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.util.Optional;

/**
 * The content-addressed copies of query and policy files that a serving process reads (control-plane.md 2.15, 3.8).
 * Thread-safe.
 */
public final class Catalog {

    private final ObjectStore store;

    public Catalog(ObjectStore store) {
        this.store = store;
    }

    /** How a copy stands. */
    public sealed interface BlobState {

        /**
         * There, and its bytes hash to its name.
         *
         * @param tag of these bytes
         */
        record Intact(VersionTag tag) implements BlobState {}

        record Missing() implements BlobState {}

        /** There, with other bytes. */
        record Altered() implements BlobState {}

        record Unreadable(String reason) implements BlobState {}

        /** The storage did not answer. */
        record Unknown(String reason) implements BlobState {}
    }

    /** What publishing a copy came to. */
    public sealed interface Publication {

        /** The copy is there, whole and durable. */
        record Published() implements Publication {}

        record Failed(String reason) implements Publication {}
    }

    /** Where the copy of a resource lies; empty for resources that have none. */
    public static Optional<ObjectKey> keyOf(ResourceAddress address, String digest) {
        if (address instanceof ResourceAddress.Query query) {
            return Optional.of(ControlKeys.blob(query, digest));
        }
        if (address instanceof ResourceAddress.Policy policy) {
            return Optional.of(ControlKeys.blob(policy, digest));
        }
        return Optional.empty();
    }

    /** Reads a copy; one whose bytes do not hash to its name is {@link GetOutcome.Unusable}. */
    public GetOutcome read(ObjectKey key, String digest) {
        GetOutcome outcome = store.get(key);
        return state(outcome, digest) instanceof BlobState.Altered
                ? new GetOutcome.Unusable("it has other bytes than the ledger records")
                : outcome;
    }

    /** Looks at a copy and hashes it. */
    public BlobState verify(ObjectKey key, String digest) {
        return state(store.get(key), digest);
    }

    /**
     * Makes sure that the copy is there with exactly these bytes. One that is there with other bytes is replaced, so that a
     * damaged catalog heals.
     */
    public Publication publish(ObjectKey key, String digest, byte[] bytes) {
        PutOutcome outcome = store.putIfAbsent(key, bytes);
        if (outcome instanceof PutOutcome.Lost lost
                && lost.present() instanceof GetOutcome.Found found
                && !Sha256.hex(found.object().bytes()).equals(digest)) {
            outcome = store.putIfMatch(key, bytes, found.object().tag());
        }
        if (outcome instanceof PutOutcome.Done
                || (outcome instanceof PutOutcome.Lost lost
                        && state(lost.present(), digest) instanceof BlobState.Intact)) {
            return new Publication.Published();
        }
        return new Publication.Failed(reason(outcome));
    }

    private static BlobState state(GetOutcome outcome, String digest) {
        if (outcome instanceof GetOutcome.Found found) {
            return Sha256.hex(found.object().bytes()).equals(digest)
                    ? new BlobState.Intact(found.object().tag())
                    : new BlobState.Altered();
        }
        if (outcome instanceof GetOutcome.Absent) {
            return new BlobState.Missing();
        }
        if (outcome instanceof GetOutcome.Unusable unusable) {
            return new BlobState.Unreadable(unusable.reason());
        }
        return new BlobState.Unknown(((GetOutcome.Unknown) outcome).reason());
    }

    private static String reason(PutOutcome outcome) {
        if (outcome instanceof PutOutcome.Refused refused) {
            return refused.reason();
        }
        if (outcome instanceof PutOutcome.Unknown unknown) {
            return unknown.reason();
        }
        return "somebody else is writing the same copy";
    }
}
