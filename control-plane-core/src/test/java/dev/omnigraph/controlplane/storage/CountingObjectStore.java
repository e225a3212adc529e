package dev.omnigraph.controlplane.storage;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Counts the calls on a store by kind, and the bytes that were read and written. Thread-safe. */
public final class CountingObjectStore extends ForwardingObjectStore {

    private final Map<StoreCall, Long> calls = new ConcurrentHashMap<>();
    private final AtomicLong bytesRead = new AtomicLong();
    private final AtomicLong bytesWritten = new AtomicLong();

    public CountingObjectStore(ObjectStore store) {
        super(store);
    }

    /** How many calls of this kind were made since the last {@link #reset}. */
    public long calls(StoreCall call) {
        return calls.getOrDefault(call, 0L);
    }

    /** How many calls of all kinds were made since the last {@link #reset}. */
    public long calls() {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The bytes of all objects that were found. */
    public long bytesRead() {
        return bytesRead.get();
    }

    /** The bytes of all writes that answered done. */
    public long bytesWritten() {
        return bytesWritten.get();
    }

    /** Counts from zero again. */
    public void reset() {
        calls.clear();
        bytesRead.set(0);
        bytesWritten.set(0);
    }

    @Override
    public GetOutcome get(ObjectKey key) {
        count(StoreCall.GET);
        GetOutcome outcome = super.get(key);
        if (outcome instanceof GetOutcome.Found found) {
            bytesRead.addAndGet(found.object().bytes().length);
        }
        return outcome;
    }

    @Override
    public PutOutcome putIfAbsent(ObjectKey key, byte[] bytes) {
        count(StoreCall.PUT_IF_ABSENT);
        return written(super.putIfAbsent(key, bytes), bytes);
    }

    @Override
    public PutOutcome claim(ObjectKey key, byte[] bytes, String claimant) {
        count(StoreCall.CLAIM);
        return written(super.claim(key, bytes, claimant), bytes);
    }

    @Override
    public PutOutcome putIfMatch(ObjectKey key, byte[] bytes, VersionTag expected) {
        count(StoreCall.PUT_IF_MATCH);
        return written(super.putIfMatch(key, bytes, expected), bytes);
    }

    @Override
    public DeleteOutcome deleteIfMatch(ObjectKey key, VersionTag expected) {
        count(StoreCall.DELETE_IF_MATCH);
        return super.deleteIfMatch(key, expected);
    }

    @Override
    public DeleteOutcome delete(ObjectKey key) {
        count(StoreCall.DELETE);
        return super.delete(key);
    }

    @Override
    public ListOutcome list(ObjectKey prefix) {
        count(StoreCall.LIST);
        return super.list(prefix);
    }

    @Override
    public PrefixOutcome exists(ObjectKey prefix) {
        count(StoreCall.EXISTS);
        return super.exists(prefix);
    }

    @Override
    public TreeOutcome tree(ObjectKey prefix) {
        count(StoreCall.TREE);
        return super.tree(prefix);
    }

    @Override
    public MoveOutcome move(ObjectKey from, ObjectKey to) {
        count(StoreCall.MOVE);
        return super.move(from, to);
    }

    @Override
    public RemovalOutcome removeTree(ObjectKey prefix, LongConsumer progress) {
        count(StoreCall.REMOVE_TREE);
        return super.removeTree(prefix, progress);
    }

    private void count(StoreCall call) {
        calls.merge(call, 1L, Long::sum);
    }

    private PutOutcome written(PutOutcome outcome, byte[] bytes) {
        if (outcome instanceof PutOutcome.Done) {
            bytesWritten.addAndGet(bytes.length);
        }
        return outcome;
    }
}
