package dev.omnigraph.controlplane.apply;

import java.util.Optional;

/**
 * What an apply is asked for beside a configuration.
 *
 * @param actor the authenticated principal
 * @param planDigest only a plan with this digest is carried out
 * @param expectedStateCas only over a ledger with this token
 */
public record ApplyRequest(Optional<String> actor, Optional<String> planDigest, Optional<String> expectedStateCas) {

    /** Whatever the plan turns out to be. */
    public static ApplyRequest by(Optional<String> actor) {
        return new ApplyRequest(actor, Optional.empty(), Optional.empty());
    }
}
