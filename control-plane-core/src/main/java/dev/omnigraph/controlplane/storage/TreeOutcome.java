package dev.omnigraph.controlplane.storage;

import java.util.List;

/** What listing everything below a prefix came to. */
public sealed interface TreeOutcome {

    /** Every object, at any depth, in bytewise order of the keys. */
    record Listed(List<Entry> entries) implements TreeOutcome {

        public Listed {
            entries = List.copyOf(entries);
        }

        /** The bytes of all objects together. */
        public long bytes() {
            return entries.stream().mapToLong(Entry::bytes).sum();
        }
    }

    /** The store did not answer, refused, or has more objects there than one listing shows. */
    record Unknown(String reason) implements TreeOutcome {}

    /**
     * One object.
     *
     * @param key the full key below the storage root
     * @param bytes its size
     * @param stamp changes whenever the content does and survives a move; where a store cannot move, it is the object's
     *     version tag
     */
    record Entry(ObjectKey key, long bytes, String stamp) {}
}
