package dev.omnigraph.controlplane.storage.memory;

/** What can go wrong with one call on a {@link MemoryObjectStore}. */
public enum StoreFault {
    /** Nothing: the call is carried out and answered. */
    NONE,
    /** The store refuses; nothing changes. A single object that is read is unusable, a listing is unknown. */
    REFUSED,
    /** The request never arrives: nothing changes, and the caller is left with unknown. */
    REQUEST_LOST,
    /** The call is carried out, but the caller is left with unknown. */
    ANSWER_LOST,
    /** The caller is left with unknown, and the call is carried out by {@link MemoryObjectStore#landLateCalls}. */
    LANDS_LATE
}
