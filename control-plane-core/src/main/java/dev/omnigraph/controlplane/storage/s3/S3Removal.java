package dev.omnigraph.controlplane.storage.s3;

import dev.omnigraph.controlplane.storage.RemovalOutcome;
import java.util.List;
import java.util.function.LongConsumer;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Removes everything below a prefix, a thousand objects at a time. */
final class S3Removal {

    /** As many as a listing shows at once, and as one request may delete. */
    private static final int BATCH = 1000;

    private final S3Requests requests;
    private final Patience patience;
    private final S3Listing listing;
    private final int maxEntries;
    private final LongConsumer progress;
    private long removed;

    S3Removal(S3Requests requests, Patience patience, S3Listing listing, int maxEntries, LongConsumer progress) {
        this.requests = requests;
        this.patience = patience;
        this.listing = listing;
        this.maxEntries = maxEntries;
        this.progress = progress;
    }

    RemovalOutcome removeBelow(String below) {
        try {
            while (removed < maxEntries) {
                List<String> names = listing.first(below, BATCH).contents().stream()
                        .map(S3Object::key)
                        .toList();
                if (names.isEmpty()) {
                    return new RemovalOutcome.Done(removed);
                }
                remove(names);
            }
            return new RemovalOutcome.Incomplete(
                    removed, "one call removes about " + maxEntries + " objects at most, and more lie here");
        } catch (BucketException e) {
            return new RemovalOutcome.Incomplete(removed, e.getMessage());
        }
    }

    private void remove(List<String> names) throws BucketException {
        S3Answer<List<S3Error>> answer = patience.answered(() -> requests.delete(names));
        if (!(answer instanceof S3Answer.Done<List<S3Error>> done)) {
            throw new BucketException(answer.reason());
        }
        removed += names.size() - done.value().size();
        progress.accept(removed);
        if (!done.value().isEmpty()) {
            S3Error first = done.value().get(0);
            throw new BucketException(first.key() + ": " + first.code() + ": " + first.message());
        }
    }
}
