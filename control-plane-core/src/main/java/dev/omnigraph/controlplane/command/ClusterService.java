package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.apply.ApplyRequest;
import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.config.HeaderLoad;
import dev.omnigraph.controlplane.ledger.ClusterArea;
import dev.omnigraph.controlplane.ledger.LedgerRead;
import dev.omnigraph.controlplane.retention.RetentionPeriods;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.List;
import java.util.Optional;
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

    /**
     * Reads every catalog copy and holds it against its digest.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public CatalogView verifyCatalog() {
        LedgerRead read = context.ledgers().read(ClusterArea.look(context.store()));
        if (read instanceof LedgerRead.Unknown unknown) {
            throw new StorageUnavailableException("the ledger cannot be read: " + unknown.reason());
        }
        return read instanceof LedgerRead.Present present
                ? new CatalogView(
                        Optional.of(present.stored().cas()),
                        context.catalogCheck().run(present.stored().ledger()))
                : new CatalogView(Optional.empty(), List.of());
    }

    /** Records a decision about a change that needs one. */
    public ApproveOutput approve(ConfigLoad load, ApprovalRequest request, RunListener listener) {
        return new ApproveCommand(context).run(load, request, listener);
    }

    /**
     * Takes back a decision that was not used.
     *
     * @param actor the authenticated principal
     * @param reason why, for people
     */
    public RevokeOutput revoke(
            String approvalId, Optional<String> actor, Optional<String> reason, RunListener listener) {
        return new RevokeCommand(context).run(approvalId, actor, reason, listener);
    }

    /**
     * Every decision with what has become of it, newest first.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public List<ApprovalView> approvals(ConfigLoad load) {
        return new ApprovalsQuery(context).run(load);
    }

    /**
     * Every pending recovery record with the decision of the next sweep, oldest first.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public List<RecoveryView> recoveries() {
        return new RecoveriesQuery(context).run();
    }

    /**
     * Removes the part of a graph that a create of this service left.
     *
     * @param objectsDigest of what was shown
     */
    public RecoveryOutput discard(String recoveryId, String objectsDigest, RunListener listener) {
        return new RecoveryCommands(context).discard(recoveryId, objectsDigest, listener);
    }

    /** Sets a recovery record aside that nothing can resolve. */
    public RecoveryOutput quarantine(String recoveryId, Optional<String> actor, String reason, RunListener listener) {
        return new RecoveryCommands(context).quarantine(recoveryId, actor, reason, listener);
    }

    /** Removes what is kept for a time only and nobody needs any more. */
    public RetentionOutput retention(RetentionPeriods periods, RunListener listener) {
        return new RetentionCommand(context, periods).run(listener);
    }

    /**
     * Takes the lock away from the holder with exactly this id.
     *
     * @param holderSeenAlive whether the holder may give signs of life all the same
     */
    public ForceUnlockOutput forceUnlock(HeaderLoad header, String lockId, boolean holderSeenAlive) {
        return new ForceUnlockCommand(context).run(header, lockId, holderSeenAlive);
    }
}
