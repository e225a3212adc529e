package dev.omnigraph.controlplane.app.status;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Those who wait for the status to become another. They cost no thread: one looks at the board for all of them, and only
 * while there are any. A stop lets them all go. Thread-safe.
 */
public final class StatusWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(StatusWatch.class);
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final StatusBoard board;
    private final int maxWaiters;
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService looker = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "status-watch");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean running;

    /** @param maxWaiters so many wait at most; others are answered at once */
    public StatusWatch(StatusBoard board, int maxWaiters) {
        this.board = board;
        this.maxWaiters = maxWaiters;
    }

    /** Somebody who has seen a status. */
    private record Waiter(List<String> seen, Consumer<StatusSnapshot> answer) {
        /** Two who saw the same are still two. */
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /**
     * Calls back once, when the status is none of those that were seen.
     *
     * @param answer called on another thread, possibly before this returns; must not throw
     * @return ends the waiting; safe to call at any time
     */
    public Runnable await(List<String> seen, Consumer<StatusSnapshot> answer) {
        Waiter waiter = new Waiter(seen, answer);
        if (running && waiters.size() < maxWaiters) {
            waiters.add(waiter);
        } else {
            answer.accept(board.recent());
        }
        return () -> waiters.remove(waiter);
    }

    private void look() {
        try {
            if (!waiters.isEmpty()) {
                StatusSnapshot now = board.recent();
                waiters.stream().filter(waiter -> !now.isAmong(waiter.seen())).forEach(waiter -> tell(waiter, now));
            }
        } catch (RuntimeException e) {
            // The next look is tried all the same: a schedule that threw would never run again.
            LOG.error("the status cannot be looked at", e);
        }
    }

    private void tell(Waiter waiter, StatusSnapshot now) {
        if (waiters.remove(waiter)) {
            waiter.answer().accept(now);
        }
    }

    @Override
    public void start() {
        running = true;
        long interval = INTERVAL.toMillis();
        var unused = looker.scheduleWithFixedDelay(this::look, interval, interval, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        running = false;
        looker.shutdown();
        if (!waiters.isEmpty()) {
            StatusSnapshot last = board.recent();
            waiters.forEach(waiter -> tell(waiter, last));
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stopped after the runner and before the web server. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }
}
