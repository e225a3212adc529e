package dev.omnigraph.controlplane.fault;

import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.ForwardingObjectStore;
import dev.omnigraph.controlplane.storage.MoveOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.RemovalOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A store with a fault point before and after each change, so that no durable effect of any command is without. A point
 * before that fails is a refusal of the store; one after it that loses the answer is the outcome unknown; one after it that
 * fails throws, and ends the command. The points after are reached only where the change was made. Thread-safe.
 */
public final class FaultPointStore extends ForwardingObjectStore {

    private final FaultPoints points;
    private final Function<ObjectKey, StoreEffect> writing;

    public FaultPointStore(ObjectStore store, FaultPoints points) {
        this(store, points, StoreEffect::writing);
    }

    private FaultPointStore(ObjectStore store, FaultPoints points, Function<ObjectKey, StoreEffect> writing) {
        super(store);
        this.points = points;
        this.writing = writing;
    }

    /**
     * The same store for what the clock writes and no command does: every write is a sign of life, whichever document it
     * is, so that the points of commands are passed by commands alone.
     */
    public static FaultPointStore ofSigns(ObjectStore store, FaultPoints points) {
        return new FaultPointStore(store, points, key -> StoreEffect.SIGN_WRITE);
    }

    @Override
    public PutOutcome putIfAbsent(ObjectKey key, byte[] bytes) {
        return put(key, () -> super.putIfAbsent(key, bytes));
    }

    @Override
    public PutOutcome claim(ObjectKey key, byte[] bytes, String claimant) {
        return put(key, () -> super.claim(key, bytes, claimant));
    }

    @Override
    public PutOutcome putIfMatch(ObjectKey key, byte[] bytes, VersionTag expected) {
        return put(key, () -> super.putIfMatch(key, bytes, expected));
    }

    @Override
    public DeleteOutcome deleteIfMatch(ObjectKey key, VersionTag expected) {
        return delete(key, () -> super.deleteIfMatch(key, expected));
    }

    @Override
    public DeleteOutcome delete(ObjectKey key) {
        return delete(key, () -> super.delete(key));
    }

    @Override
    public MoveOutcome move(ObjectKey from, ObjectKey to) {
        return around(
                StoreEffect.GRAPH_MOVE,
                () -> super.move(from, to),
                MoveOutcome.Done.class::isInstance,
                MoveOutcome.Refused::new,
                MoveOutcome.Unknown::new);
    }

    /** How far a call came that does not answer is not known either. */
    @Override
    public RemovalOutcome removeTree(ObjectKey prefix, LongConsumer progress) {
        Function<String, RemovalOutcome> incomplete = reason -> new RemovalOutcome.Incomplete(0, reason);
        return around(
                StoreEffect.TREE_REMOVAL,
                () -> super.removeTree(prefix, progress),
                outcome -> true,
                incomplete,
                incomplete);
    }

    private PutOutcome put(ObjectKey key, Supplier<PutOutcome> write) {
        return around(
                writing.apply(key),
                write,
                PutOutcome.Done.class::isInstance,
                PutOutcome.Refused::new,
                PutOutcome.Unknown::new);
    }

    private DeleteOutcome delete(ObjectKey key, Supplier<DeleteOutcome> deletion) {
        return around(
                StoreEffect.deleting(key),
                deletion,
                DeleteOutcome.Done.class::isInstance,
                DeleteOutcome.Refused::new,
                DeleteOutcome.Unknown::new);
    }

    private <T> T around(
            StoreEffect effect,
            Supplier<T> change,
            Predicate<T> isDone,
            Function<String, ? extends T> refused,
            Function<String, ? extends T> unknown) {
        try {
            points.reach(effect.before());
        } catch (InjectedFaultException fault) {
            return refused.apply(fault.getMessage());
        }
        T outcome = change.get();
        if (!isDone.test(outcome)) {
            return outcome;
        }
        try {
            points.reach(effect.after());
            return outcome;
        } catch (LostAnswerException lost) {
            return unknown.apply(lost.getMessage());
        }
    }
}
