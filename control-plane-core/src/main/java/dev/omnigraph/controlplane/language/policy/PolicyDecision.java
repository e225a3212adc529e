package dev.omnigraph.controlplane.language.policy;

import java.util.Optional;

/**
 * The answer to a request.
 *
 * @param rule of the rules that grant it, the one whose id comes first bytewise
 * @param reason for a person, without a full stop
 */
public record PolicyDecision(boolean allowed, Optional<String> rule, String reason) {

    static PolicyDecision allowed(String rule, String reason) {
        return new PolicyDecision(true, Optional.of(rule), reason);
    }

    static PolicyDecision denied(String reason) {
        return new PolicyDecision(false, Optional.empty(), reason);
    }
}
