package dev.omnigraph.controlplane.session;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The locks that commands of this process hold, by id. Thread-safe. */
public final class OwnLocks {

    private final Set<String> held = ConcurrentHashMap.newKeySet();

    void add(String lockId) {
        held.add(lockId);
    }

    void remove(String lockId) {
        held.remove(lockId);
    }

    /** Whether a command of this process holds the lock with this id. */
    public boolean contains(String lockId) {
        return held.contains(lockId);
    }
}
