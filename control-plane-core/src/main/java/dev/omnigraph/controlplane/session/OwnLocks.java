package dev.omnigraph.controlplane.session;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The locks of this process's commands, by id, and the line in which they stand: one command at a time asks the store for
 * the lock, in the order in which they came. Thread-safe.
 */
public final class OwnLocks {

    private final Set<String> held = ConcurrentHashMap.newKeySet();
    /** Locks that may stand in the store though no command holds them: an answer was lost. */
    private final Set<String> leftOver = ConcurrentHashMap.newKeySet();

    private final Semaphore turn = new Semaphore(1, true);

    /**
     * Waits for this command's turn. What ends the waiting is another command of this process, so that it is waited for on
     * the machine's time.
     *
     * @return whether it came in that time; {@link #endTurn} gives it to the next
     */
    boolean awaitTurn(Duration wait) throws InterruptedException {
        return turn.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    void endTurn() {
        turn.release();
    }

    void add(String lockId) {
        held.add(lockId);
    }

    void remove(String lockId) {
        held.remove(lockId);
    }

    void leaveOver(String lockId) {
        leftOver.add(lockId);
    }

    void settle(String lockId) {
        leftOver.remove(lockId);
    }

    boolean hasLeftOver() {
        return !leftOver.isEmpty();
    }

    boolean isLeftOver(String lockId) {
        return leftOver.contains(lockId);
    }

    /** Whether a command of this process holds the lock with this id. */
    public boolean contains(String lockId) {
        return held.contains(lockId);
    }
}
