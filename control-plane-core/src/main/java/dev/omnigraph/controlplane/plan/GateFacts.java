package dev.omnigraph.controlplane.plan;

import java.util.Map;
import java.util.Optional;

/**
 * What has to be known of a gated change before it is planned.
 *
 * @param verdict of approvals alone
 * @param rejections ids of rejections of this change, by the digest of the plan that was rejected
 * @param destruction what the change would destroy; empty where it destroys nothing by itself
 */
public record GateFacts(Verdict verdict, Map<String, String> rejections, Optional<Destruction> destruction) {

    /** Of a change that nobody decided about. */
    public static final GateFacts NONE = new GateFacts(new Verdict.Undecided(), Map.of(), Optional.empty());

    public GateFacts {
        rejections = Map.copyOf(rejections);
    }

    /** The same with the rejection of the plan that is being made, if there is one. */
    GateFacts inPlan(String planDigest) {
        return Optional.ofNullable(rejections.get(planDigest))
                .map(rejection -> new GateFacts(new Verdict.Rejected(rejection), rejections, destruction))
                .orElse(this);
    }
}
