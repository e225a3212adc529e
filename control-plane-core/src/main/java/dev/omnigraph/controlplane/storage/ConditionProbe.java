package dev.omnigraph.controlplane.storage;

import dev.omnigraph.controlplane.id.IdSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Tries on a scratch object whether a store keeps the conditions that everything else here relies on. Some stores take a
 * conditional request, ignore the condition, and report success.
 *
 * <p>One caller after the other shows which conditions are ignored; it cannot show that two callers at the same moment are
 * kept apart.
 */
public final class ConditionProbe {

    private static final ObjectKey SCRATCH = new ObjectKey("__control/probe");
    private static final byte[] FIRST = {1};
    private static final byte[] SECOND = {2};
    private static final byte[] THIRD = {3};

    private final ObjectStore store;
    private final ObjectKey key;

    /** A probe that has its scratch object to itself. */
    public ConditionProbe(ObjectStore store, IdSource ids) {
        this.store = store;
        this.key = SCRATCH.child(ids.nextUlid());
    }

    /** What the probe came to. */
    public sealed interface Outcome {

        /** Every condition that was tried was kept. */
        record Kept() implements Outcome {}

        /** The store ignores a condition; {@code what} says which, as part of a sentence that begins with the store. */
        record Ignored(Condition condition, String what) implements Outcome {}

        /** The store did not do what it was asked, so nothing is known of its conditions. */
        record Unavailable(String reason) implements Outcome {}
    }

    /** What a store is trusted to keep. */
    public enum Condition {
        WRITE_IF_ABSENT,
        WRITE_IF_MATCH,
        DELETE_IF_MATCH
    }

    /** Tries each condition, once where it holds and once where it does not. Leaves nothing behind where it can help it. */
    public Outcome run() {
        try {
            return tried();
        } finally {
            store.delete(key);
        }
    }

    private Outcome tried() {
        PutOutcome created = store.putIfAbsent(key, FIRST);
        if (!(created instanceof PutOutcome.Done first)) {
            return unavailable(created);
        }
        PutOutcome replaced = store.putIfMatch(key, SECOND, first.tag());
        if (!(replaced instanceof PutOutcome.Done second)) {
            return unavailable(replaced);
        }
        return checks(first.tag(), second.tag()).stream()
                .map(Check::failure)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(Outcome.Kept::new);
    }

    private List<Check> checks(VersionTag stale, VersionTag present) {
        return List.of(
                new Check(
                        Condition.WRITE_IF_ABSENT,
                        "overwrites an object that was to be written only where there is none",
                        () -> store.putIfAbsent(key, THIRD),
                        PutOutcome.Lost.class::isInstance),
                new Check(
                        Condition.WRITE_IF_MATCH,
                        "overwrites an object that has changed since it was read",
                        () -> store.putIfMatch(key, THIRD, stale),
                        PutOutcome.Lost.class::isInstance),
                new Check(
                        Condition.DELETE_IF_MATCH,
                        "deletes an object that has changed since it was read",
                        () -> store.deleteIfMatch(key, stale),
                        DeleteOutcome.Lost.class::isInstance),
                new Check(
                        Condition.WRITE_IF_MATCH,
                        "reports another content than the last one written",
                        () -> store.get(key),
                        outcome -> outcome instanceof GetOutcome.Found found
                                && found.object().tag().equals(present)),
                new Check(
                        Condition.DELETE_IF_MATCH,
                        "keeps an object that was to be deleted and has not changed",
                        () -> store.deleteIfMatch(key, present),
                        DeleteOutcome.Done.class::isInstance),
                new Check(
                        Condition.DELETE_IF_MATCH,
                        "shows an object after it was deleted",
                        () -> store.get(key),
                        GetOutcome.Absent.class::isInstance));
    }

    private static Outcome unavailable(Object outcome) {
        return new Outcome.Unavailable(StoreReasons.of(outcome).orElse("the scratch object is there already"));
    }

    /** One call and what a store that keeps the condition answers to it. */
    private record Check(Condition condition, String otherwise, Supplier<Object> call, Predicate<Object> expectation) {

        Optional<Outcome> failure() {
            Object outcome = call.get();
            if (expectation.test(outcome)) {
                return Optional.empty();
            }
            return Optional.of(StoreReasons.of(outcome)
                    .<Outcome>map(Outcome.Unavailable::new)
                    .orElseGet(() -> new Outcome.Ignored(condition, otherwise)));
        }
    }
}
