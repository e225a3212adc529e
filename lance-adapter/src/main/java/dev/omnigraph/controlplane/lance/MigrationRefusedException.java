package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.language.schema.migration.MigrationPlan;
import java.util.Optional;

/** A graph cannot get a schema, or not as it is now. Nothing moved. */
final class MigrationRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // thrown and caught in one process, never serialised
    private final Optional<MigrationPlan> plan;

    MigrationRefusedException(String reason) {
        this(reason, Optional.empty());
    }

    /** @param plan what would have been done, where it came to a plan */
    MigrationRefusedException(String reason, Optional<MigrationPlan> plan) {
        super(reason);
        this.plan = plan;
    }

    Optional<MigrationPlan> plan() {
        return plan;
    }
}
