package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Sidecar;
import dev.omnigraph.controlplane.ledger.SidecarStore;
import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.plan.ChangeReason;
import dev.omnigraph.controlplane.recovery.Sweep;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.session.LockedSection;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What all graph-moving steps of one run share: an intent stored before each, what came of it, and the rule that the first
 * failure stops all further ones (control-plane.md 9.3). Not thread-safe.
 */
final class GraphWork {

    private final ClusterContext context;
    private final Optional<String> actor;
    private final String stateCas;
    private final LockedSection lock;
    private final CommandReport report;
    private final RunListener listener;
    private final SidecarStore sidecars;
    private final List<Sidecar> done = new ArrayList<>();
    private final Set<String> kept = new HashSet<>();
    private final Map<ResourceAddress, ChangeReason> failed = new TreeMap<>();
    private boolean stopped;

    GraphWork(
            ClusterContext context,
            Optional<String> actor,
            String stateCas,
            LockedSection lock,
            CommandReport report,
            RunListener listener) {
        this.context = context;
        this.actor = actor;
        this.stateCas = stateCas;
        this.lock = lock;
        this.report = report;
        this.listener = listener;
        this.sidecars = new SidecarStore(context.store());
    }

    /** An intent as it is stored. */
    record Intent(Sidecar sidecar, VersionTag tag) {}

    /**
     * A move that an approval allows.
     *
     * @param sidecar the id for which the approval is reserved
     */
    record ApprovedMove(String sidecar, String approvalId) {}

    /** Sidecars of moves that were carried out. */
    List<Sidecar> done() {
        return List.copyOf(done);
    }

    /** Those of them that are to be retired once the ledger records the moves. */
    List<Sidecar> retirable() {
        return done.stream()
                .filter(sidecar -> !kept.contains(sidecar.operationId()))
                .toList();
    }

    /** The changes that were not carried out, each with the reason. */
    Map<ResourceAddress, ChangeReason> failed() {
        return Map.copyOf(failed);
    }

    /**
     * Takes one graph after the other.
     *
     * @param step moves one graph and tells here what came of it
     * @return whether the run may go on; false after losing the lock
     * @throws InjectedFaultException at an armed point that ends the command
     */
    boolean each(GraphMove move, List<String> graphs, Consumer<String> step) {
        for (int i = 0; i < graphs.size(); i++) {
            String graph = graphs.get(i);
            listener.progress(move.phase(), Optional.of(move.addressOf(graph).text()), i, graphs.size());
            if (stopped) {
                skip(move, graph);
            } else if (!lock.mayAct(report)) {
                return false;
            } else if (listener.cancelRequested()) {
                skip(move, graph);
            } else if (!moves(step, graph)) {
                return false;
            }
        }
        return true;
    }

    /** False where the lock was lost on the way; the report says so then. */
    private static boolean moves(Consumer<String> step, String graph) {
        try {
            step.accept(graph);
            return true;
        } catch (LockLostException lost) {
            return false;
        }
    }

    /**
     * Stores the intent of a move that comes next; where that fails, the move has failed.
     *
     * @param observedVersion the graph's version now; empty where there is no graph
     * @param desiredDigest of the schema that it is to have
     */
    Optional<Intent> announce(GraphMove move, String graph, OptionalLong observedVersion, String desiredDigest) {
        return announce(
                move, sidecar(context.ids().nextUlid(), move, graph, observedVersion, desiredDigest, Optional.empty()));
    }

    /**
     * Stores the intent of a move that an approval allows; where that fails, the move has failed.
     *
     * @param observedVersion the graph's version now; empty where no graph opens
     * @param desiredDigest of the schema that it is to have; empty text for a delete
     */
    Optional<Intent> announce(
            GraphMove move, String graph, OptionalLong observedVersion, String desiredDigest, ApprovedMove approved) {
        return announce(
                move,
                sidecar(
                        approved.sidecar(),
                        move,
                        graph,
                        observedVersion,
                        desiredDigest,
                        Optional.of(approved.approvalId())));
    }

    /**
     * Takes over the intent of a delete that an earlier run left unfinished; where that fails, the delete has failed.
     *
     * @param approvalId the approval under which it goes on
     */
    Optional<Intent> takeOver(Sweep.UnfinishedDelete earlier, String approvalId) {
        listener.sidecarPlanned(earlier.sidecar().operationId());
        Sidecar sidecar = earlier.sidecar().approvedBy(approvalId);
        if (sidecar.equals(earlier.sidecar())) {
            return Optional.of(new Intent(sidecar, earlier.tag()));
        }
        if (sidecars.rewrite(sidecar, earlier.tag()) instanceof PutOutcome.Done written) {
            return Optional.of(new Intent(sidecar, written.tag()));
        }
        stop(GraphMove.DELETE, sidecar.graphId());
        reportUnwritten(sidecar, "the new approval could not be noted in the intent; nothing more was removed");
        return Optional.empty();
    }

    private Sidecar sidecar(
            String id,
            GraphMove move,
            String graph,
            OptionalLong observedVersion,
            String desiredDigest,
            Optional<String> approvalId) {
        return new Sidecar(
                id,
                WireTime.format(context.clock().instant()),
                actor,
                move.sidecarKind(),
                graph,
                context.root().graphRoot(graph).location(),
                observedVersion,
                OptionalLong.empty(),
                desiredDigest,
                Optional.of(stateCas),
                approvalId);
    }

    private Optional<Intent> announce(GraphMove move, Sidecar sidecar) {
        listener.sidecarPlanned(sidecar.operationId());
        if (sidecars.write(sidecar) instanceof PutOutcome.Done written) {
            return Optional.of(new Intent(sidecar, written.tag()));
        }
        stop(move, sidecar.graphId());
        reportUnwritten(sidecar, "the intent could not be stored, so the graph was not touched");
        return Optional.empty();
    }

    /** Comes to a point in front of a move; false where it is armed, and then the move has failed. */
    boolean passes(FaultPoint point, GraphMove move, String graph) {
        try {
            context.faults().reach(point);
            return true;
        } catch (InjectedFaultException fault) {
            stop(move, graph);
            report.add(
                    DiagnosticCode.INJECTED_FAILPOINT, fault.point().wire(), fault.getMessage() + "; the run goes on");
            return false;
        }
    }

    /** The move is carried out, and leaves no graph. */
    void complete(Intent intent) {
        done.add(intent.sidecar());
    }

    /**
     * The move is carried out. Noting the version in the intent is best effort: it is for people, no decision reads it.
     *
     * @param version the graph's version now
     */
    void complete(Intent intent, long version) {
        Sidecar sidecar = intent.sidecar().expecting(version);
        if (!(sidecars.rewrite(sidecar, intent.tag()) instanceof PutOutcome.Done)) {
            reportUnwritten(sidecar, "the graph was moved; its version could not be noted in the intent");
        }
        done.add(sidecar);
    }

    /** Something is left in the graph that the next apply has to end, and the intent is what that goes by. */
    void keep(Intent intent) {
        kept.add(intent.sidecar().operationId());
    }

    /** Nothing of the graph moved, so its intent is removed at once. */
    void withdraw(Intent intent) {
        DeleteOutcome removal = sidecars.delete(intent.sidecar());
        if (!(removal instanceof DeleteOutcome.Done)) {
            report.add(
                    DiagnosticCode.RECOVERY_SIDECAR_CLEANUP_FAILED,
                    display(intent.sidecar()),
                    "the graph was not moved, but the intent to do so could not be removed; the next command finds"
                            + " that nothing happened and removes it");
        }
    }

    void fail(GraphMove move, String graph, String message) {
        fail(move, graph, move.failed(), move.failure(), message);
    }

    void fail(GraphMove move, String graph, DiagnosticCode code, ChangeReason reason, String message) {
        failed.put(move.addressOf(graph), reason);
        stopped = true;
        report.add(code, move.addressOf(graph).text(), message);
    }

    /** Tells of what goes wrong beside a move and does not stop it. */
    void report(Diagnostic finding) {
        report.add(finding);
    }

    private void stop(GraphMove move, String graph) {
        failed.put(move.addressOf(graph), move.failure());
        stopped = true;
    }

    private void skip(GraphMove move, String graph) {
        stop(move, graph);
        report.add(
                move.skipped(),
                move.addressOf(graph).text(),
                "nothing was done, because the graph work of this run was stopped before its turn");
    }

    private void reportUnwritten(Sidecar sidecar, String message) {
        report.add(DiagnosticCode.RECOVERY_SIDECAR_WRITE_ERROR, display(sidecar), message);
    }

    private String display(Sidecar sidecar) {
        return context.root().display(ControlKeys.sidecar(sidecar.operationId()));
    }
}
