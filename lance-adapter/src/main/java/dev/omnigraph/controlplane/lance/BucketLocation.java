package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.StoredObject;
import dev.omnigraph.controlplane.storage.TreeRemoval;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * A place in a bucket. Lance reaches it by itself; what is looked at here beside Lance goes through the cluster's store.
 *
 * @param key below the storage root
 */
record BucketLocation(LanceBucket bucket, ObjectKey key) implements DatasetLocation {

    @Override
    public BucketLocation resolve(String path) {
        return new BucketLocation(bucket, key.child(path));
    }

    @Override
    public String uri() {
        return bucket.root().uri(key);
    }

    /** The name of an object here as its bucket has it. */
    String nameInBucket() {
        String prefix = bucket.root().prefix();
        return prefix.isEmpty() ? key.path() : prefix + "/" + key.path();
    }

    @Override
    public Map<String, String> storageOptions() throws IOException {
        return bucket.storageOptions();
    }

    @Override
    public boolean isPresent() throws IOException {
        PrefixOutcome outcome = bucket.store().exists(key);
        if (outcome instanceof PrefixOutcome.Unknown unknown) {
            throw new StorageUnansweredException(
                    "whether anything is at " + this + " is not known: " + unknown.reason());
        }
        return outcome instanceof PrefixOutcome.Present;
    }

    @Override
    public BucketVersionFile version(long version) {
        return new BucketVersionFile(resolve(VersionFile.FOLDER).resolve(VersionFile.name(version)));
    }

    @Override
    public Optional<VersionFile> newestVersion() throws IOException {
        ListOutcome outcome = bucket.store().list(key.child(VersionFile.FOLDER));
        if (outcome instanceof ListOutcome.Listed listed) {
            return listed.entries().stream()
                    .filter(entry -> entry.kind() == ListOutcome.Kind.OBJECT
                            && entry.key().name().endsWith(VersionFile.SUFFIX))
                    .findFirst()
                    .map(entry -> new BucketVersionFile(new BucketLocation(bucket, entry.key())));
        }
        throw new StorageUnansweredException(
                "the versions of " + this + " cannot be listed: " + ((ListOutcome.Unknown) outcome).reason());
    }

    /** The object here. */
    StoredObject read() throws IOException {
        GetOutcome outcome = bucket.store().get(key);
        if (outcome instanceof GetOutcome.Found found) {
            return found.object();
        }
        if (outcome instanceof GetOutcome.Unknown unknown) {
            throw new StorageUnansweredException(this + " cannot be read: " + unknown.reason());
        }
        throw new IOException(
                outcome instanceof GetOutcome.Unusable unusable
                        ? this + " cannot be read: " + unusable.reason()
                        : this + " is missing");
    }

    @Override
    public boolean isCalled(String otherUri) {
        return otherUri.equals(uri());
    }

    @Override
    public void remove() throws IOException {
        Optional<String> left = TreeRemoval.remove(bucket.store(), key, removed -> {});
        if (left.isPresent()) {
            throw new StorageUnansweredException(this + " could not be removed: " + left.get());
        }
    }

    @Override
    public String toString() {
        return uri();
    }
}
