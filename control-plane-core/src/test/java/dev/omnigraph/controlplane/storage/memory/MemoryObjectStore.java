package dev.omnigraph.controlplane.storage.memory;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.digest.Utf8Order;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.MoveOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.RemovalOutcome;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.StoredObject;
import dev.omnigraph.controlplane.storage.TreeOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** A store in memory whose calls can be disturbed. Thread-safe; tags are those of a folder. */
public final class MemoryObjectStore implements ObjectStore {

    /** Decides before each call what goes wrong with it. It may call the store itself, as another process would. */
    @FunctionalInterface
    public interface Disturbance {
        StoreFault on(StoreCall call, ObjectKey key);
    }

    @FunctionalInterface
    private interface Effect<T> {
        T carryOut();
    }

    private static final String REASON = "the test disturbs this call";

    private final NavigableMap<String, byte[]> objects = new TreeMap<>(Utf8Order.COMPARATOR);
    private final Queue<Effect<?>> lateCalls = new ArrayDeque<>();
    private volatile boolean movesTrees = true;
    private volatile Disturbance disturbance = (call, key) -> StoreFault.NONE;

    /** From now on trees cannot be moved, as in a bucket. */
    public void moveNoTrees() {
        movesTrees = false;
    }

    /** From now on each call is asked of {@code next}, in place of what was asked before. */
    public void disturb(Disturbance next) {
        disturbance = next;
    }

    /** The next call of this kind on this key goes wrong, and no other. */
    public void disturbOnce(StoreCall call, ObjectKey key, StoreFault fault) {
        AtomicBoolean armed = new AtomicBoolean(true);
        disturb((actualCall, actualKey) ->
                actualCall == call && actualKey.equals(key) && armed.getAndSet(false) ? fault : StoreFault.NONE);
    }

    /** Nothing goes wrong any more. */
    public void calm() {
        disturb((call, key) -> StoreFault.NONE);
    }

    /** Carries out, in their order and under their conditions, the calls that {@link StoreFault#LANDS_LATE} held back. */
    public synchronized void landLateCalls() {
        for (Effect<?> call = lateCalls.poll(); call != null; call = lateCalls.poll()) {
            call.carryOut();
        }
    }

    @Override
    public String location() {
        return "/memory";
    }

    @Override
    public GetOutcome get(ObjectKey key) {
        return answer(StoreCall.GET, key, () -> read(key), GetOutcome.Unusable::new, GetOutcome.Unknown::new);
    }

    @Override
    public PutOutcome putIfAbsent(ObjectKey key, byte[] bytes) {
        return putIfAbsent(StoreCall.PUT_IF_ABSENT, key, bytes);
    }

    @Override
    public PutOutcome claim(ObjectKey key, byte[] bytes, String claimant) {
        return putIfAbsent(StoreCall.CLAIM, key, bytes);
    }

    private PutOutcome putIfAbsent(StoreCall call, ObjectKey key, byte[] bytes) {
        return answer(
                call,
                key,
                () -> objects.containsKey(key.path()) ? new PutOutcome.Lost(read(key)) : write(key, bytes),
                PutOutcome.Refused::new,
                PutOutcome.Unknown::new);
    }

    @Override
    public PutOutcome putIfMatch(ObjectKey key, byte[] bytes, VersionTag expected) {
        return answer(
                StoreCall.PUT_IF_MATCH,
                key,
                () -> holds(key, expected) ? write(key, bytes) : new PutOutcome.Lost(read(key)),
                PutOutcome.Refused::new,
                PutOutcome.Unknown::new);
    }

    @Override
    public DeleteOutcome deleteIfMatch(ObjectKey key, VersionTag expected) {
        return answer(
                StoreCall.DELETE_IF_MATCH,
                key,
                () -> !objects.containsKey(key.path()) || holds(key, expected)
                        ? remove(key)
                        : new DeleteOutcome.Lost(read(key)),
                DeleteOutcome.Refused::new,
                DeleteOutcome.Unknown::new);
    }

    @Override
    public DeleteOutcome delete(ObjectKey key) {
        return answer(StoreCall.DELETE, key, () -> remove(key), DeleteOutcome.Refused::new, DeleteOutcome.Unknown::new);
    }

    @Override
    public ListOutcome list(ObjectKey prefix) {
        return answer(
                StoreCall.LIST, prefix, () -> children(prefix), ListOutcome.Unknown::new, ListOutcome.Unknown::new);
    }

    @Override
    public PrefixOutcome exists(ObjectKey prefix) {
        return answer(
                StoreCall.EXISTS,
                prefix,
                () -> below(prefix).isEmpty() ? new PrefixOutcome.Absent() : new PrefixOutcome.Present(),
                PrefixOutcome.Unknown::new,
                PrefixOutcome.Unknown::new);
    }

    @Override
    public TreeOutcome tree(ObjectKey prefix) {
        return answer(
                StoreCall.TREE,
                prefix,
                () -> new TreeOutcome.Listed(below(prefix).entrySet().stream()
                        .map(object -> new TreeOutcome.Entry(
                                new ObjectKey(object.getKey()),
                                object.getValue().length,
                                tag(object.getValue()).value()))
                        .toList()),
                TreeOutcome.Unknown::new,
                TreeOutcome.Unknown::new);
    }

    @Override
    public MoveOutcome move(ObjectKey from, ObjectKey to) {
        return answer(StoreCall.MOVE, from, () -> moved(from, to), MoveOutcome.Refused::new, MoveOutcome.Unknown::new);
    }

    @Override
    public RemovalOutcome removeTree(ObjectKey prefix, LongConsumer progress) {
        return answer(
                StoreCall.REMOVE_TREE,
                prefix,
                () -> {
                    SortedMap<String, byte[]> removed = below(prefix);
                    long count = removed.size();
                    removed.clear();
                    return new RemovalOutcome.Done(count);
                },
                reason -> new RemovalOutcome.Incomplete(0, reason),
                reason -> new RemovalOutcome.Incomplete(0, reason));
    }

    private MoveOutcome moved(ObjectKey from, ObjectKey to) {
        if (!movesTrees) {
            return new MoveOutcome.Unsupported();
        }
        if (below(from).isEmpty()) {
            return new MoveOutcome.Absent();
        }
        if (!below(to).isEmpty()) {
            return new MoveOutcome.Occupied();
        }
        Map<String, byte[]> source = new TreeMap<>(below(from));
        below(from).clear();
        source.forEach((path, bytes) ->
                objects.put(to.path() + path.substring(from.path().length()), bytes));
        return new MoveOutcome.Done();
    }

    private <T> T answer(
            StoreCall call, ObjectKey key, Effect<T> effect, Function<String, T> refused, Function<String, T> unknown) {
        StoreFault fault = disturbance.on(call, key);
        synchronized (this) {
            return switch (fault) {
                case NONE -> effect.carryOut();
                case REFUSED -> refused.apply(REASON);
                case REQUEST_LOST -> unknown.apply(REASON);
                case ANSWER_LOST -> {
                    effect.carryOut();
                    yield unknown.apply(REASON);
                }
                case LANDS_LATE -> {
                    lateCalls.add(effect);
                    yield unknown.apply(REASON);
                }
            };
        }
    }

    private GetOutcome read(ObjectKey key) {
        byte[] bytes = objects.get(key.path());
        return bytes == null
                ? new GetOutcome.Absent()
                : new GetOutcome.Found(new StoredObject(bytes.clone(), tag(bytes)));
    }

    private PutOutcome write(ObjectKey key, byte[] bytes) {
        Optional<String> refusal = ObjectStore.refusal(key, bytes);
        if (refusal.isPresent()) {
            return new PutOutcome.Refused(refusal.get());
        }
        objects.put(key.path(), bytes.clone());
        return new PutOutcome.Done(tag(bytes));
    }

    private DeleteOutcome remove(ObjectKey key) {
        objects.remove(key.path());
        return new DeleteOutcome.Done();
    }

    private boolean holds(ObjectKey key, VersionTag expected) {
        byte[] bytes = objects.get(key.path());
        return bytes != null && tag(bytes).equals(expected);
    }

    private ListOutcome children(ObjectKey prefix) {
        int start = prefix.equals(ObjectKey.ROOT) ? 0 : prefix.path().length() + 1;
        NavigableSet<ListOutcome.Entry> entries = new TreeSet<>(
                Comparator.comparing((ListOutcome.Entry entry) -> entry.key().path(), Utf8Order.COMPARATOR)
                        .thenComparing(ListOutcome.Entry::kind));
        below(prefix).forEach((path, bytes) -> {
            int end = path.indexOf('/', start);
            entries.add(
                    end < 0
                            ? new ListOutcome.Entry(
                                    new ObjectKey(path), ListOutcome.Kind.OBJECT, Optional.of(tag(bytes)))
                            : new ListOutcome.Entry(new ObjectKey(path.substring(0, end)), ListOutcome.Kind.PREFIX));
        });
        return new ListOutcome.Listed(List.copyOf(entries));
    }

    private SortedMap<String, byte[]> below(ObjectKey prefix) {
        if (prefix.equals(ObjectKey.ROOT)) {
            return objects;
        }
        return objects.subMap(prefix.path() + "/", prefix.path() + (char) ('/' + 1));
    }

    private static VersionTag tag(byte[] bytes) {
        return new VersionTag(Sha256.hex(bytes));
    }
}
