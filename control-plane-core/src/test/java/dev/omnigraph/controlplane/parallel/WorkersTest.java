package dev.omnigraph.controlplane.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who does work that was begun, how often, and what becomes of failures. */
@Timeout(60)
class WorkersTest {

    /** Threads that have other things to do. */
    private final List<Runnable> waiting = new ArrayList<>();

    private final AtomicInteger done = new AtomicInteger();

    @Test
    void workThatNoThreadTakesUpIsDoneByWhoNeedsItAndOnlyOnce() {
        Workers busy = new Workers(waiting::add);

        assertThat(busy.all(List.<Supplier<Integer>>of(done::incrementAndGet, done::incrementAndGet)))
                .containsExactly(1, 2);

        assertThat(waiting).hasSize(2);
        waiting.forEach(Runnable::run);
        assertThat(done).hasValue(2);
    }

    @Test
    void asManyThingsAreDoneAtOnceAsThereAreThreadsAndTheOneWhoWaits() {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            CyclicBarrier together = new CyclicBarrier(3);
            Supplier<Boolean> meeting = () -> meet(together);

            assertThat(new Workers(threads).all(List.of(meeting, meeting, meeting)))
                    .containsOnly(true);
        } finally {
            threads.shutdown();
        }
    }

    private static boolean meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
            return true;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theFirstFailureIsThrownWhenEverythingHasEnded() {
        Supplier<Integer> first = () -> {
            throw new UnsupportedOperationException("first");
        };
        Supplier<Integer> second = () -> {
            throw new IllegalArgumentException("second");
        };

        assertThatThrownBy(() -> new Workers(waiting::add).all(List.of(first, second, done::incrementAndGet)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("first");

        assertThat(done).hasValue(1);
    }

    @Test
    void whatIsUnderWayIsWaitedForByAThreadThatIsToldToStopAndStaysSo() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        Pending<Integer> pending = new Workers(command -> new Thread(command).start()).begin(() -> {
            begun.countDown();
            await(goesOn);
            return done.incrementAndGet();
        });
        begun.await();
        List<Boolean> seen = new ArrayList<>();
        Thread stopped = new Thread(() -> {
            Thread.currentThread().interrupt();
            seen.add(pending.get() == 1);
            seen.add(Thread.currentThread().isInterrupted());
        });

        stopped.start();
        while (stopped.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        goesOn.countDown();
        stopped.join();

        assertThat(seen).containsExactly(true, true);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
