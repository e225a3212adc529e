package dev.omnigraph.controlplane.storage;

import java.util.function.LongConsumer;

/**
 * Stands before another store and passes every call on. A subclass overrides the calls that it is there for; a new method of
 * the port is forwarded here once, and by nobody forgotten. As thread-safe as the store behind it.
 */
public abstract class ForwardingObjectStore implements ObjectStore {

    private final ObjectStore store;

    protected ForwardingObjectStore(ObjectStore store) {
        this.store = store;
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public GetOutcome get(ObjectKey key) {
        return store.get(key);
    }

    @Override
    public PutOutcome putIfAbsent(ObjectKey key, byte[] bytes) {
        return store.putIfAbsent(key, bytes);
    }

    @Override
    public PutOutcome claim(ObjectKey key, byte[] bytes, String claimant) {
        return store.claim(key, bytes, claimant);
    }

    @Override
    public PutOutcome putIfMatch(ObjectKey key, byte[] bytes, VersionTag expected) {
        return store.putIfMatch(key, bytes, expected);
    }

    @Override
    public DeleteOutcome deleteIfMatch(ObjectKey key, VersionTag expected) {
        return store.deleteIfMatch(key, expected);
    }

    @Override
    public DeleteOutcome delete(ObjectKey key) {
        return store.delete(key);
    }

    @Override
    public ListOutcome list(ObjectKey prefix) {
        return store.list(prefix);
    }

    @Override
    public PrefixOutcome exists(ObjectKey prefix) {
        return store.exists(prefix);
    }

    @Override
    public TreeOutcome tree(ObjectKey prefix) {
        return store.tree(prefix);
    }

    @Override
    public MoveOutcome move(ObjectKey from, ObjectKey to) {
        return store.move(from, to);
    }

    @Override
    public RemovalOutcome removeTree(ObjectKey prefix, LongConsumer progress) {
        return store.removeTree(prefix, progress);
    }
}
