package dev.omnigraph.controlplane.storage;

import java.util.List;

/** What a listing came to. */
public sealed interface ListOutcome {

    /** Everything that was asked for, in bytewise order of the names. */
    record Listed(List<Entry> entries) implements ListOutcome {}

    /** The listing is not known, in part or whole: refused or unanswered. It never stands for "nothing there". */
    record Unknown(String reason) implements ListOutcome {}

    /**
     * One entry of a listing.
     *
     * @param key the full key below the storage root
     * @param kind whether the key is an object or has objects below it
     */
    record Entry(ObjectKey key, Kind kind) {}

    /** What a key is. */
    enum Kind {
        OBJECT,
        PREFIX
    }
}
