package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.document.UnreadableDocumentException;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.StoredObject;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The keys of repeatable requests, {@code __control/idempotency/<hash>.json}. A key is claimed before anything is done for
 * its request, with the id of what is to be made: of racing requests one claims it, the others learn that id. Shared by all
 * replicas. Thread-safe.
 */
public final class IdempotencyStore {

    /** A key that is older stands for nothing any more. */
    public static final Duration KEPT = Duration.ofHours(24);

    /** A write without a clear answer is repeated so often, with the same bytes under the same condition. */
    private static final int MAX_WRITE_ATTEMPTS = 3;

    private final ObjectStore objects;

    public IdempotencyStore(ObjectStore objects) {
        this.objects = objects;
    }

    /** What claiming a key came to. */
    public sealed interface Outcome {
        /** The request comes for the first time, or for the first time in {@link #KEPT}. */
        record Fresh(IdempotencyClaim claim) implements Outcome {}

        /** The same request came before. */
        record Repeated(IdempotencyClaim claim) implements Outcome {}

        /** Another request came with this key before. */
        record Reused() implements Outcome {}

        /** What is stored for the key cannot be understood. */
        record Unreadable(String reason) implements Outcome {}

        /** The store did not answer; whether the key is claimed is not known, and nothing may be done for the request. */
        record Unavailable(String reason) implements Outcome {}
    }

    /** Claims the key of a request for what will be made under {@code id}, unless it is claimed already. */
    public Outcome claim(RepeatableRequest request, String id, Instant now) {
        ObjectKey key = key(request);
        byte[] bytes = IdempotencyDocument.write(request, id, now, Optional.empty());
        Outcome outcome = settle(request, bytes, () -> objects.putIfAbsent(key, bytes));
        if (outcome instanceof Outcome.Repeated repeated && isOver(repeated.claim(), now)) {
            VersionTag tag = repeated.claim().tag();
            return settle(request, bytes, () -> objects.putIfMatch(key, bytes, tag));
        }
        return outcome;
    }

    /**
     * Keeps the answer of a request that came through.
     *
     * @return whether it is kept; where it is not, a repetition does everything again under the same id
     */
    public boolean keep(IdempotencyClaim claim, KeptAnswer answer) {
        byte[] bytes = IdempotencyDocument.write(claim.request(), claim.id(), claim.claimedAt(), Optional.of(answer));
        return objects.putIfMatch(key(claim.request()), bytes, claim.tag()) instanceof PutOutcome.Done;
    }

    /** When a stored key was claimed. */
    public sealed interface Age {

        /** Then. */
        record ClaimedAt(Instant when, VersionTag tag) implements Age {}

        /** It is gone. */
        record Gone() implements Age {}

        /** What is stored cannot be understood. */
        record Unreadable(String reason) implements Age {}
    }

    /**
     * Where the stored keys lie.
     *
     * @throws StorageUnavailableException where the store does not answer
     */
    public List<ObjectKey> stored() {
        ListOutcome listing = objects.list(ControlKeys.IDEMPOTENCY);
        if (listing instanceof ListOutcome.Unknown unknown) {
            throw new StorageUnavailableException("the keys of requests cannot be listed: " + unknown.reason());
        }
        return ((ListOutcome.Listed) listing)
                .entries().stream()
                        .filter(entry -> entry.kind() == ListOutcome.Kind.OBJECT)
                        .map(ListOutcome.Entry::key)
                        .toList();
    }

    /**
     * When a key was claimed.
     *
     * @param key one of {@link #stored}
     * @throws StorageUnavailableException where the store does not answer
     */
    public Age age(ObjectKey key) {
        GetOutcome outcome = objects.get(key);
        if (outcome instanceof GetOutcome.Unknown unknown) {
            throw new StorageUnavailableException(key + " cannot be read: " + unknown.reason());
        }
        if (outcome instanceof GetOutcome.Unusable unusable) {
            return new Age.Unreadable(unusable.reason());
        }
        if (!(outcome instanceof GetOutcome.Found found)) {
            return new Age.Gone();
        }
        try {
            return new Age.ClaimedAt(
                    IdempotencyDocument.claimedAt(found.object()),
                    found.object().tag());
        } catch (UnreadableDocumentException e) {
            return new Age.Unreadable(e.getMessage());
        }
    }

    /** Removes a key, unless it was claimed anew. */
    public DeleteOutcome remove(ObjectKey key, Age.ClaimedAt claim) {
        return objects.deleteIfMatch(key, claim.tag());
    }

    private Outcome settle(RepeatableRequest request, byte[] bytes, Supplier<PutOutcome> attempt) {
        String reason = "";
        for (int attempts = 0; attempts < MAX_WRITE_ATTEMPTS; attempts++) {
            PutOutcome outcome = attempt.get();
            if (outcome instanceof PutOutcome.Done done) {
                return fresh(request, new StoredObject(bytes, done.tag()));
            } else if (outcome instanceof PutOutcome.Lost lost) {
                return present(request, bytes, lost.present());
            } else if (outcome instanceof PutOutcome.Refused refused) {
                return new Outcome.Unavailable(refused.reason());
            }
            reason = ((PutOutcome.Unknown) outcome).reason();
        }
        return new Outcome.Unavailable(reason);
    }

    private static Outcome present(RepeatableRequest request, byte[] ours, GetOutcome present) {
        if (present instanceof GetOutcome.Found found) {
            // Our own bytes stand there when an earlier attempt, whose answer got lost, came through after all.
            return Arrays.equals(found.object().bytes(), ours)
                    ? fresh(request, found.object())
                    : read(request, found.object());
        } else if (present instanceof GetOutcome.Unusable unusable) {
            return new Outcome.Unreadable(unusable.reason());
        } else if (present instanceof GetOutcome.Unknown unknown) {
            return new Outcome.Unavailable(unknown.reason());
        }
        return new Outcome.Unavailable("the key was claimed and removed again at this moment");
    }

    private static Outcome fresh(RepeatableRequest request, StoredObject stored) {
        Outcome outcome = read(request, stored);
        return outcome instanceof Outcome.Repeated own ? new Outcome.Fresh(own.claim()) : outcome;
    }

    private static Outcome read(RepeatableRequest request, StoredObject object) {
        try {
            return IdempotencyDocument.read(request, object)
                    .<Outcome>map(Outcome.Repeated::new)
                    .orElseGet(Outcome.Reused::new);
        } catch (UnreadableDocumentException e) {
            return new Outcome.Unreadable(e.getMessage());
        }
    }

    private static boolean isOver(IdempotencyClaim claim, Instant now) {
        return !now.isBefore(claim.claimedAt().plus(KEPT));
    }

    private static ObjectKey key(RepeatableRequest request) {
        return ControlKeys.IDEMPOTENCY.child(request.scopeDigest() + ".json");
    }
}
