package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.approval.Decision;
import java.time.Duration;
import java.util.Optional;

/**
 * What a person decides about a change that needs a decision.
 *
 * @param resource the address of the change
 * @param actor the authenticated principal
 * @param planDigest of the plan that the person looked at; empty takes the plan as it is now
 * @param seen what stood there as that plan showed it; empty takes what stands there now
 * @param expiresIn how long an approval counts; empty for as long as it is not used
 * @param allowDataMovement whether the data may change until the approval is used
 */
public record ApprovalRequest(
        String resource,
        String actor,
        Optional<String> planDigest,
        Optional<String> seen,
        Decision decision,
        Optional<String> comment,
        Optional<Duration> expiresIn,
        boolean allowDataMovement) {

    /** An approval of the change as it is now. */
    public static ApprovalRequest ofPresent(String resource, String actor) {
        return new ApprovalRequest(
                resource,
                actor,
                Optional.empty(),
                Optional.empty(),
                Decision.APPROVE,
                Optional.empty(),
                Optional.empty(),
                false);
    }
}
