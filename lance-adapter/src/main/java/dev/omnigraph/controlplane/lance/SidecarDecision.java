package dev.omnigraph.controlplane.lance;

import java.util.List;

/** How an interrupted write is to be ended (graph-format.md 6.6). */
enum SidecarDecision {
    /** A table is older than the manifest says. Nothing that recovery can do makes it right. */
    ABORT,
    /** The manifest shows the write already; only its end is to be recorded. */
    ALREADY_PUBLISHED,
    /** Tables that moved are to get their pinned content back. */
    ROLL_BACK,
    /** The tables are complete and are to be published. */
    ROLL_FORWARD;

    /** What the schema files and the manifest say of an interrupted schema apply. */
    enum SchemaProgress {
        /** The schema is not staged completely and not in force: the migration cannot be finished. */
        NOT_READY,
        /** The schema is staged, or in force already. */
        READY,
        /** Tables are not rewritten, and those that were to come and go have. */
        PUBLISHED
    }

    /** A table of the write, and where it is. */
    record Table(RecoverySidecar.Pin pin, TableMovement movement, long pinned) {

        private boolean isAdvanced() {
            return Long.compareUnsigned(pinned, pin.expectedVersion()) > 0;
        }
    }

    /** @param schema looked at for schema applies only */
    static SidecarDecision of(WriterKind writer, List<Table> tables, SchemaProgress schema) {
        if (tables.stream().anyMatch(table -> table.movement() == TableMovement.INVARIANT_VIOLATION)) {
            return ABORT;
        }
        if (tables.stream().allMatch(table -> table.movement() == TableMovement.ROLLED_PAST_EXPECTED)) {
            return writer == WriterKind.SCHEMA_APPLY ? ofMovedTables(tables, schema) : ROLL_FORWARD;
        }
        boolean unmoved = tables.stream().allMatch(table -> table.movement() == TableMovement.NO_MOVEMENT);
        return unmoved && tables.stream().anyMatch(Table::isAdvanced) ? ALREADY_PUBLISHED : ROLL_BACK;
    }

    /** A schema apply may have no tables to rewrite; then all of none have moved. */
    private static SidecarDecision ofMovedTables(List<Table> tables, SchemaProgress schema) {
        return switch (schema) {
            case READY -> ROLL_FORWARD;
            case PUBLISHED -> tables.isEmpty() ? ALREADY_PUBLISHED : ROLL_BACK;
            case NOT_READY -> ROLL_BACK;
        };
    }
}
