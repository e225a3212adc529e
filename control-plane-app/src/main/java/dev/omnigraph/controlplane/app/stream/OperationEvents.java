package dev.omnigraph.controlplane.app.stream;

import dev.omnigraph.controlplane.app.operation.OperationListener;
import dev.omnigraph.controlplane.operation.OperationRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.context.SmartLifecycle;

/**
 * The newest events of this process. Those who watch keep nothing but the number of the last event they saw; whoever falls
 * further behind than what is kept learns that he missed some. So a slow reader costs nothing but his thread.
 *
 * <p>It closes after the runner has stopped and before the web server does: streams see every last event, and end.
 * Thread-safe.
 */
public final class OperationEvents implements OperationListener, SmartLifecycle {

    /** So many events are kept. */
    static final int KEPT = 1000;

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Deque<OperationEvent> kept = new ArrayDeque<>();
    private long newest;
    private boolean open = true;

    /** @param name tells the events of this process from those of an earlier one */
    public OperationEvents(String name) {
        this.name = name;
    }

    /**
     * What there is after an event.
     *
     * @param complete whether nothing in between is lost
     * @param open whether anything can come after these
     */
    record Batch(List<OperationEvent> events, boolean complete, boolean open) {}

    @Override
    public void changed(OperationRecord operation) {
        lock.lock();
        try {
            newest++;
            kept.addLast(new OperationEvent(newest, operation));
            if (kept.size() > KEPT) {
                kept.removeFirst();
            }
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The number of the newest event; it changes whenever something happens to an operation here. */
    public long newest() {
        lock.lock();
        try {
            return newest;
        } finally {
            lock.unlock();
        }
    }

    String name() {
        return name;
    }

    /** The events after one of this log; waits for the first of them, at most so long. */
    Batch after(long number, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (newest <= number && open && left > 0) {
                left = moved.awaitNanos(left);
            }
            List<OperationEvent> events =
                    kept.stream().filter(event -> event.number() > number).toList();
            return new Batch(events, events.isEmpty() || events.get(0).number() == number + 1, open);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        setOpen(true);
    }

    @Override
    public void stop() {
        setOpen(false);
    }

    private void setOpen(boolean next) {
        lock.lock();
        try {
            open = next;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isRunning() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** Stopped after the runner, whose phase is the default one, and before the web server. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }
}
