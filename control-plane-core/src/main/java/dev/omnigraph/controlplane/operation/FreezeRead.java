package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.util.Optional;

/** Whether the cluster is frozen. */
public sealed interface FreezeRead {

    /** Changing commands are let in. */
    record None() implements FreezeRead {}

    /** Changing commands are refused. */
    record Frozen(Freeze freeze, VersionTag tag) implements FreezeRead {}

    /** There is a freeze, but what it says cannot be understood. Changing commands are refused all the same. */
    record Unreadable(String reason) implements FreezeRead {}

    /** The store did not answer. Nothing may be changed on that. */
    record Unavailable(String reason) implements FreezeRead {}

    /** Why a changing command is refused, if the store says that it is to be. */
    default Optional<String> refusal() {
        if (this instanceof Frozen frozen) {
            Freeze freeze = frozen.freeze();
            return Optional.of("the cluster is frozen since " + WireTime.format(freeze.since()) + " by "
                    + freeze.actor().orElse("somebody without a name") + ": " + freeze.reason());
        }
        return this instanceof Unreadable unreadable
                ? Optional.of("the cluster is frozen, but why cannot be read: " + unreadable.reason())
                : Optional.empty();
    }
}
