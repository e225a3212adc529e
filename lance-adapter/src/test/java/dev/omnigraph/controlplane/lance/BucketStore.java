package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.MoveOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.RemovalOutcome;
import dev.omnigraph.controlplane.storage.TreeOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import java.util.function.LongConsumer;

/** A store that lies in a bucket, for what it is called; its objects are in memory. */
final class BucketStore implements ObjectStore {

    static final String LOCATION = "s3://bucket/cluster";

    private final ObjectStore objects = new MemoryObjectStore();

    @Override
    public String location() {
        return LOCATION;
    }

    @Override
    public GetOutcome get(ObjectKey key) {
        return objects.get(key);
    }

    @Override
    public PutOutcome putIfAbsent(ObjectKey key, byte[] bytes) {
        return objects.putIfAbsent(key, bytes);
    }

    @Override
    public PutOutcome putIfMatch(ObjectKey key, byte[] bytes, VersionTag expected) {
        return objects.putIfMatch(key, bytes, expected);
    }

    @Override
    public DeleteOutcome deleteIfMatch(ObjectKey key, VersionTag expected) {
        return objects.deleteIfMatch(key, expected);
    }

    @Override
    public DeleteOutcome delete(ObjectKey key) {
        return objects.delete(key);
    }

    @Override
    public ListOutcome list(ObjectKey prefix) {
        return objects.list(prefix);
    }

    @Override
    public PrefixOutcome exists(ObjectKey prefix) {
        return objects.exists(prefix);
    }

    @Override
    public TreeOutcome tree(ObjectKey prefix) {
        return objects.tree(prefix);
    }

    @Override
    public MoveOutcome move(ObjectKey from, ObjectKey to) {
        return new MoveOutcome.Unsupported();
    }

    @Override
    public RemovalOutcome removeTree(ObjectKey prefix, LongConsumer progress) {
        return objects.removeTree(prefix, progress);
    }
}
