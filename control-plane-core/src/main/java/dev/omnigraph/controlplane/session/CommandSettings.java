package dev.omnigraph.controlplane.session;

import dev.omnigraph.controlplane.approval.ApprovalRules;
import java.time.Duration;

/**
 * How commands behave on this instance.
 *
 * @param lockWait how long a changing command waits for another holder of the lock; zero does not wait
 * @param pid the process that the lock names, unsigned 32 bits
 * @param enforceGraphPolicy whether applied policies are asked before a graph's schema is changed
 * @param approvals what is asked of approvals
 */
public record CommandSettings(Duration lockWait, long pid, boolean enforceGraphPolicy, ApprovalRules approvals) {

    /** Settings that ask of approvals what the engine's own tool asks. */
    public CommandSettings(Duration lockWait, long pid, boolean enforceGraphPolicy) {
        this(lockWait, pid, enforceGraphPolicy, ApprovalRules.DEFAULT);
    }
}
