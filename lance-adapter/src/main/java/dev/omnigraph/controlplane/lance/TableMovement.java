package dev.omnigraph.controlplane.lance;

import java.util.OptionalLong;

/** How far a table moved in an interrupted write, judged by what its writer promised (graph-format.md 6.6). */
enum TableMovement {
    /** The newest version is older than the pinned one: the table was damaged, or its files are another graph's. */
    INVARIANT_VIOLATION,
    /** The newest version is the pinned one. */
    NO_MOVEMENT,
    /** The table moved from where the writer expected it to where the writer was to take it. */
    ROLLED_PAST_EXPECTED,
    /** It moved by one version, but not as the writer said. */
    UNEXPECTED_AT_NEXT,
    /** It moved by several versions, and not as the writer said. */
    UNEXPECTED_MULTISTEP,
    /** It moved, and the writer did not live to confirm how far it was to go. */
    UNCONFIRMED;

    /** What a kind of writer promises of the versions it makes. */
    private enum Promise {
        /** One version for each table. */
        STRICT,
        /** One version at least. */
        LOOSE,
        /** What it confirms in the sidecar when all tables are written. */
        CONFIRMED;

        /** Branch merges confirm from this format of sidecars on. */
        private static final long CONFIRMING_FORMAT = 2;

        static Promise of(WriterKind writer, long format) {
            return switch (writer) {
                case MUTATION, LOAD -> STRICT;
                case SCHEMA_APPLY, ENSURE_INDICES, OPTIMIZE -> LOOSE;
                case BRANCH_MERGE -> Long.compareUnsigned(format, CONFIRMING_FORMAT) < 0 ? LOOSE : CONFIRMED;
            };
        }
    }

    /**
     * Classifies one table of a write; versions are unsigned.
     *
     * @param head the newest version of its dataset
     * @param pinned the version in the manifest's snapshot; 0 where it is not there
     */
    static TableMovement of(RecoverySidecar sidecar, RecoverySidecar.Pin pin, long head, long pinned) {
        if (Long.compareUnsigned(head, pinned) < 0) {
            return INVARIANT_VIOLATION;
        }
        if (head == pinned) {
            return NO_MOVEMENT;
        }
        boolean asExpected = pin.expectedVersion() == pinned;
        return switch (Promise.of(sidecar.writer(), sidecar.formatVersion())) {
            case STRICT ->
                asExpected && head == pinned + 1 && pin.postCommitPin() == head
                        ? ROLLED_PAST_EXPECTED
                        : unexpected(head, pinned);
            case LOOSE -> asExpected ? ROLLED_PAST_EXPECTED : unexpected(head, pinned);
            case CONFIRMED -> confirmed(pin.confirmedVersion(), head, asExpected);
        };
    }

    private static TableMovement unexpected(long head, long pinned) {
        return head == pinned + 1 ? UNEXPECTED_AT_NEXT : UNEXPECTED_MULTISTEP;
    }

    private static TableMovement confirmed(OptionalLong confirmed, long head, boolean asExpected) {
        if (confirmed.isEmpty()) {
            return UNCONFIRMED;
        }
        return asExpected && confirmed.getAsLong() == head ? ROLLED_PAST_EXPECTED : UNEXPECTED_MULTISTEP;
    }
}
