package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.apply.ApplyRequest;
import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.config.HeaderLoad;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.RunListener;
import java.util.Set;

/**
 * The commands of one cluster. Each call is one command, start to end, in the calling thread. Thread-safe: commands that
 * change things exclude each other through the cluster's lock.
 */
public final class ClusterService {

    private final ClusterContext context;

    public ClusterService(ClusterContext context) {
        this.context = context;
    }

    /**
     * Everything that can be said of a configuration before it is applied. The storage is asked for no more than the ledger,
     * and only where a policy cannot be served.
     */
    public ValidateOutput validate(ConfigLoad load) {
        return new ValidateCommand(context).run(load);
    }

    /**
     * The same for what publishes nothing, such as refresh, import and approvals: that a policy cannot be served is a
     * warning, and the storage is not asked.
     */
    public ValidateOutput validateForObserving(ConfigLoad load) {
        return new ValidateCommand(context).runForObserving(load);
    }

    /** What an apply would do now. */
    public PlanOutput plan(ConfigLoad load) {
        return new PlanCommand(context).run(load);
    }

    /** Makes the cluster what the configuration declares. */
    public ApplyOutput apply(ConfigLoad load, ApplyRequest request, RunListener listener) {
        return new ApplyCommand(context).run(load, request, listener);
    }

    /**
     * Looks at graphs and catalog again and records what is there.
     *
     * @param acceptMissing graphs whose loss is accepted even if every recorded graph is gone
     */
    public ObserveOutput refresh(ConfigLoad load, Set<String> acceptMissing, RunListener listener) {
        return new ObserveCommand(context, ObserveCommand.Kind.REFRESH).run(load, acceptMissing, listener);
    }

    /** Makes the first ledger from what is there. */
    public ObserveOutput importLedger(ConfigLoad load, RunListener listener) {
        return new ObserveCommand(context, ObserveCommand.Kind.IMPORT).run(load, Set.of(), listener);
    }

    /**
     * Tells what is recorded.
     *
     * @param verifyCatalog whether every catalog copy is read and hashed now
     */
    public StatusOutput status(HeaderLoad header, boolean verifyCatalog) {
        return new StatusCommand(context).run(header, verifyCatalog);
    }

    /** Takes the lock away from the holder with exactly this id. */
    public ForceUnlockOutput forceUnlock(HeaderLoad header, String lockId) {
        return new ForceUnlockCommand(context).run(header, lockId);
    }
}
