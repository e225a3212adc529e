package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.ForwardingObjectStore;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.MoveOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.RemovalOutcome;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.TreeOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.util.function.LongConsumer;

/** A store that carries every call out, but whose answer to one kind of call on one name is lost. */
final class UncertainStore extends ForwardingObjectStore {

    static final String REASON = "the test loses this answer";

    private final StoreCall lost;
    private final String name;

    UncertainStore(ObjectStore store, StoreCall lost, String name) {
        super(store);
        this.lost = lost;
        this.name = name;
    }

    @Override
    public GetOutcome get(ObjectKey key) {
        GetOutcome outcome = super.get(key);
        return isLost(StoreCall.GET, key) ? new GetOutcome.Unknown(REASON) : outcome;
    }

    @Override
    public PutOutcome putIfAbsent(ObjectKey key, byte[] bytes) {
        PutOutcome outcome = super.putIfAbsent(key, bytes);
        return isLost(StoreCall.PUT_IF_ABSENT, key) ? new PutOutcome.Unknown(REASON) : outcome;
    }

    @Override
    public PutOutcome claim(ObjectKey key, byte[] bytes, String claimant) {
        PutOutcome outcome = super.claim(key, bytes, claimant);
        return isLost(StoreCall.CLAIM, key) ? new PutOutcome.Unknown(REASON) : outcome;
    }

    @Override
    public PutOutcome putIfMatch(ObjectKey key, byte[] bytes, VersionTag expected) {
        PutOutcome outcome = super.putIfMatch(key, bytes, expected);
        return isLost(StoreCall.PUT_IF_MATCH, key) ? new PutOutcome.Unknown(REASON) : outcome;
    }

    @Override
    public DeleteOutcome deleteIfMatch(ObjectKey key, VersionTag expected) {
        DeleteOutcome outcome = super.deleteIfMatch(key, expected);
        return isLost(StoreCall.DELETE_IF_MATCH, key) ? new DeleteOutcome.Unknown(REASON) : outcome;
    }

    @Override
    public DeleteOutcome delete(ObjectKey key) {
        DeleteOutcome outcome = super.delete(key);
        return isLost(StoreCall.DELETE, key) ? new DeleteOutcome.Unknown(REASON) : outcome;
    }

    @Override
    public ListOutcome list(ObjectKey prefix) {
        ListOutcome outcome = super.list(prefix);
        return isLost(StoreCall.LIST, prefix) ? new ListOutcome.Unknown(REASON) : outcome;
    }

    @Override
    public PrefixOutcome exists(ObjectKey prefix) {
        PrefixOutcome outcome = super.exists(prefix);
        return isLost(StoreCall.EXISTS, prefix) ? new PrefixOutcome.Unknown(REASON) : outcome;
    }

    @Override
    public TreeOutcome tree(ObjectKey prefix) {
        TreeOutcome outcome = super.tree(prefix);
        return isLost(StoreCall.TREE, prefix) ? new TreeOutcome.Unknown(REASON) : outcome;
    }

    @Override
    public MoveOutcome move(ObjectKey from, ObjectKey to) {
        MoveOutcome outcome = super.move(from, to);
        return isLost(StoreCall.MOVE, from) ? new MoveOutcome.Unknown(REASON) : outcome;
    }

    @Override
    public RemovalOutcome removeTree(ObjectKey prefix, LongConsumer progress) {
        RemovalOutcome outcome = super.removeTree(prefix, progress);
        return isLost(StoreCall.REMOVE_TREE, prefix)
                ? new RemovalOutcome.Incomplete(outcome.removed(), REASON)
                : outcome;
    }

    private boolean isLost(StoreCall call, ObjectKey key) {
        return call == lost && key.name().equals(name);
    }
}
