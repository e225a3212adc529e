package dev.omnigraph.controlplane.plan;

import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.json.JsonObject;
import java.util.Optional;

/**
 * A difference and what an apply does with it.
 *
 * @param reason set for changes that are deferred or blocked
 * @param migration set for an updated schema whose graph could be looked at
 */
public record Change(
        Difference difference, Disposition disposition, Optional<ChangeReason> reason, Optional<Migration> migration) {

    static Change applied(Difference difference) {
        return new Change(difference, Disposition.APPLIED, Optional.empty(), Optional.empty());
    }

    static Change derived(Difference difference) {
        return new Change(difference, Disposition.DERIVED, Optional.empty(), Optional.empty());
    }

    static Change deferred(Difference difference, ChangeReason reason) {
        return new Change(difference, Disposition.DEFERRED, Optional.of(reason), Optional.empty());
    }

    static Change blocked(Difference difference, ChangeReason reason) {
        return new Change(difference, Disposition.BLOCKED, Optional.of(reason), Optional.empty());
    }

    public ResourceAddress resource() {
        return difference.resource();
    }

    public ChangeOperation operation() {
        return difference.operation();
    }

    public boolean isApplied() {
        return disposition == Disposition.APPLIED;
    }

    /** The same change, found out not to be possible after all. */
    public Change demoted(ChangeReason because) {
        return new Change(difference, Disposition.BLOCKED, Optional.of(because), migration);
    }

    /** The same change with what it does to the graph. */
    Change with(Migration what) {
        return new Change(difference, disposition, reason, Optional.of(what));
    }

    /** The change with its keys in wire order (control-plane.md 7.1). */
    public JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder()
                .put("resource", resource().text())
                .put("operation", operation().wire())
                .putIfPresent("before_digest", difference.before())
                .putIfPresent("after_digest", difference.after())
                .put("disposition", disposition.wire())
                .putIfPresent("reason", reason.map(ChangeReason::wire));
        difference.metadata().ifPresent(metadata -> {
            if (metadata == MetadataChange.POLICY_BINDINGS) {
                json.put("binding_change", true);
            }
            json.put("metadata_change", metadata.wire());
        });
        migration.ifPresent(what -> json.put("migration", what.toJson()));
        return json.build();
    }
}
