package dev.omnigraph.controlplane.operation;

import java.util.List;
import java.util.Optional;

/** What listing operations came to. */
public sealed interface OperationPage {

    /**
     * A part of the list, newest first.
     *
     * @param operations those that the filter admits
     * @param unreadable ids of records that are there but cannot be understood
     * @param next where the next page goes on; empty at the end of the list. A filtered page can be short, even empty,
     *     and still have a next one, because only so many records are looked at for one page.
     */
    record Listed(List<OperationRecord> operations, List<String> unreadable, Optional<String> next)
            implements OperationPage {
        public Listed {
            operations = List.copyOf(operations);
            unreadable = List.copyOf(unreadable);
        }
    }

    /** The store did not answer; this never stands for an empty list. */
    record Unavailable(String reason) implements OperationPage {}
}
