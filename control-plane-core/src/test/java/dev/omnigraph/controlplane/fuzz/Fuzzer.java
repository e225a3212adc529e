package dev.omnigraph.controlplane.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives a target one text after the other, each within a time and an amount of memory. Text number {@code i} of a seed is
 * always the same. Not thread-safe; closed at the end.
 */
final class Fuzzer implements AutoCloseable {

    /** A target that fails everywhere need not be shown everywhere. */
    private static final int MOST_FINDINGS = 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final FuzzTarget target;
    private final Mutator mutator;
    private final long seed;
    private final Limits limits;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "fuzz");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Finding> findings = new ArrayList<>();
    private long texts;
    private long accepted;
    private boolean hangs;

    /**
     * What one text may cost.
     *
     * @param time with room for a machine that is busy with other things too
     * @param bytes allocated, those that are free again included
     */
    record Limits(Duration time, long bytes) {

        static final Limits DEFAULT = new Limits(Duration.ofSeconds(10), 256L << 20);
    }

    /** A text that was not coped with; {@code seed} and {@code number} lead to it again. */
    record Finding(String target, long seed, long number, String text, Throwable cause) {}

    /** What judging one text came to. */
    private record Judgement(boolean accepted, long allocated) {}

    /**
     * A fuzzer.
     *
     * @param moreOriginals beside the target's own
     */
    Fuzzer(FuzzTarget target, List<String> moreOriginals, long seed, Limits limits) {
        List<String> originals = new ArrayList<>(target.originals());
        originals.addAll(moreOriginals);
        this.target = target;
        this.mutator = new Mutator(originals, target.fragments());
        this.seed = seed;
        this.limits = limits;
    }

    FuzzTarget target() {
        return target;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    long texts() {
        return texts;
    }

    long accepted() {
        return accepted;
    }

    /** Goes on with so many texts, or until there are findings enough, or one that nothing comes after. */
    void run(int count) {
        for (int i = 0; i < count && findings.size() < MOST_FINDINGS && !hangs; i++) {
            long number = texts++;
            Random random = new Random(seed * 0x9E3779B97F4A7C15L + number);
            String text = mutator.next(random);
            try {
                Judgement judgement = judge(() -> target.accepts(text, random));
                accepted += judgement.accepted() ? 1 : 0;
                if (judgement.allocated() > limits.bytes()) {
                    throw new AssertionError(judgement.allocated() + " bytes were allocated");
                }
            } catch (AssertionError | ExecutionException e) {
                findings.add(new Finding(
                        target.name(), seed, number, text, e instanceof ExecutionException ? e.getCause() : e));
            }
        }
    }

    private Judgement judge(Callable<Boolean> work) throws ExecutionException {
        Future<Judgement> judging = worker.submit(() -> {
            long before = allocatedHere();
            boolean accepted = work.call();
            return new Judgement(accepted, allocatedHere() - before);
        });
        try {
            return judging.get(limits.time().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            hangs = true;
            throw new AssertionError("no answer within " + limits.time(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long allocatedHere() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
