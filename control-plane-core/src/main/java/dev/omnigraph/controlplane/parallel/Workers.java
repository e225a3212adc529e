package dev.omnigraph.controlplane.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Does several things at a time: as many as its threads, and those who need the results do what no thread has taken up.
 * Work may so begin more work without end of threads, and nobody waits behind what somebody else has begun. Thread-safe.
 */
public final class Workers {

    private final Executor threads;

    public Workers(Executor threads) {
        this.threads = threads;
    }

    /** Begins some work; whoever begins it asks for its result. */
    public <T> Pending<T> begin(Supplier<T> work) {
        Pending<T> pending = new Pending<>(work);
        threads.execute(pending::run);
        return pending;
    }

    /**
     * The results of all this work, in its order.
     *
     * @throws RuntimeException what the first of it threw that threw anything, when all of it has ended
     */
    public <T> List<T> all(List<? extends Supplier<T>> work) {
        List<Pending<T>> begun = work.stream().map(this::begin).toList();
        begun.forEach(Pending::run);
        List<T> results = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        for (Pending<T> pending : begun) {
            try {
                results.add(pending.get());
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        return results;
    }
}
