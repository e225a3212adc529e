package dev.omnigraph.controlplane.storage;

import java.util.List;
import java.util.Optional;

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
     * @param tag of an object, the one that reading it would give, where the listing says it; empty says nothing
     */
    record Entry(ObjectKey key, Kind kind, Optional<VersionTag> tag) {

        /** An entry whose tag the listing does not say. */
        public Entry(ObjectKey key, Kind kind) {
            this(key, kind, Optional.empty());
        }
    }

    /** What a key is. */
    enum Kind {
        OBJECT,
        PREFIX
    }
}
