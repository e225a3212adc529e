package dev.omnigraph.controlplane.recovery;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.graph.GraphEngine;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.GraphRoot;
import dev.omnigraph.controlplane.instance.Presence;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.ledger.ClusterArea;
import dev.omnigraph.controlplane.ledger.Consumption;
import dev.omnigraph.controlplane.ledger.GraphRemoval;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerEntry;
import dev.omnigraph.controlplane.ledger.ResourceStatus;
import dev.omnigraph.controlplane.ledger.Sidecar;
import dev.omnigraph.controlplane.ledger.SidecarKind;
import dev.omnigraph.controlplane.ledger.SidecarStore;
import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.operation.OperationRecord;
import dev.omnigraph.controlplane.operation.SidecarNotes;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Looks at every sidecar and works its decision into a ledger in memory. Nothing is written here: the command that sweeps
 * writes the ledger and then retires the sidecars that are done with. A plan sweeps the same way and keeps the result to
 * itself.
 */
public final class Sweep {

    /** The row of what nobody decides on, because its operation goes on. */
    private static final String AT_WORK = "0";

    private static final String INCOMPLETE = "graph_create_incomplete";
    private static final String ACTUAL_STATE_PENDING = "actual_applied_state_pending";

    private final StorageRoot root;
    private final ObjectStore store;
    private final SidecarStore sidecars;
    private final GraphEngine engine;
    private final InstantSource clock;
    private final DeletionSight deletions;
    private final SidecarNotes notes;
    private final Presence presence;

    public Sweep(ClusterContext context) {
        this.root = context.root();
        this.store = context.store();
        this.sidecars = new SidecarStore(store);
        this.engine = context.engine();
        this.clock = context.clock();
        this.deletions = new DeletionSight(store, root);
        this.notes = new SidecarNotes(store);
        this.presence = context.presence();
    }

    /**
     * What sweeping came to.
     *
     * @param examined every sidecar file that was there, and what is made of it
     * @param interrupted the sidecars that are about graphs of this cluster
     * @param ledger the ledger with all decisions worked in
     * @param pendingGraphs graphs that stay blocked
     * @param unattributed a sidecar could not be read, so any graph may be the one it is about
     * @param unfinishedDeletes deletes of ours that an apply goes on with, or gives up
     * @param done sidecars to retire once the ledger is written
     */
    public record Result(
            List<Examined> examined,
            List<Sidecar> interrupted,
            Ledger ledger,
            Set<String> pendingGraphs,
            boolean unattributed,
            List<UnfinishedDelete> unfinishedDeletes,
            List<Sidecar> done,
            List<Diagnostic> diagnostics) {

        public Result {
            examined = List.copyOf(examined);
            interrupted = List.copyOf(interrupted);
            pendingGraphs = Set.copyOf(pendingGraphs);
            unfinishedDeletes = List.copyOf(unfinishedDeletes);
            done = List.copyOf(done);
            diagnostics = List.copyOf(diagnostics);
        }

        /** Every sidecar file that was there. */
        public List<ObjectKey> files() {
            return examined.stream().map(Examined::file).toList();
        }

        /** The unfinished deletes whose graph was moved aside and is to be moved back. */
        public List<UnfinishedDelete> deletesAside() {
            return unfinishedDeletes.stream().filter(UnfinishedDelete::aside).toList();
        }
    }

    /**
     * A sidecar file and what is made of it.
     *
     * @param sidecar empty where the file cannot be read
     * @param decision empty where nothing can be decided on it
     * @param reason why, for people
     */
    public record Examined(
            ObjectKey file, Optional<Sidecar> sidecar, Optional<RecoveryDecision> decision, String reason) {}

    /**
     * A delete that is not finished.
     *
     * @param tag of its sidecar as it is stored
     * @param begun the removal of the graph began
     * @param aside the graph was moved aside, and nothing stands at its root
     */
    public record UnfinishedDelete(Sidecar sidecar, VersionTag tag, boolean begun, boolean aside) {}

    /**
     * Sweeps what a listing showed.
     *
     * @throws StorageUnavailableException where the storage does not answer; nothing is decided then
     */
    public Result run(Ledger ledger, ClusterArea seen) {
        return seen.hasRecoveries()
                ? run(ledger)
                : new Result(List.of(), List.of(), ledger, Set.of(), false, List.of(), List.of(), List.of());
    }

    /**
     * Sweeps.
     *
     * @throws StorageUnavailableException where the storage does not answer; nothing is decided then
     */
    public Result run(Ledger ledger) {
        if (!(sidecars.list() instanceof SidecarStore.Listing.Listed listed)) {
            throw new StorageUnavailableException("the recovery records cannot be listed");
        }
        Work work = new Work(ledger, atWork(listed.files()));
        for (ObjectKey file : listed.files()) {
            SidecarStore.Reading reading = sidecars.read(file);
            if (reading instanceof SidecarStore.Reading.Parsed parsed) {
                sweep(file, parsed, work);
            } else if (reading instanceof SidecarStore.Reading.Unreadable unreadable) {
                work.unattributed = true;
                work.examined.add(new Examined(file, Optional.empty(), Optional.empty(), unreadable.reason()));
                work.diagnostics.add(Diagnostic.of(
                        DiagnosticCode.RECOVERY_SIDECAR_UNREADABLE,
                        root.display(file),
                        unreadable.reason() + "; no graph is created, migrated or deleted while it is there"));
            } else if (reading instanceof SidecarStore.Reading.Unknown unknown) {
                throw new StorageUnavailableException(
                        "the recovery record " + root.display(file) + " cannot be read: " + unknown.reason());
            }
        }
        return new Result(
                work.examined,
                work.interrupted,
                work.ledger,
                work.pending,
                work.unattributed,
                work.unfinished,
                work.done,
                work.diagnostics);
    }

    private void sweep(ObjectKey file, SidecarStore.Reading.Parsed parsed, Work work) {
        Sidecar sidecar = parsed.sidecar();
        Optional<GraphRoot> graphRoot = derivedRoot(sidecar);
        if (graphRoot.isEmpty()) {
            work.examined.add(new Examined(
                    file, Optional.of(sidecar), Optional.empty(), "it is about a graph outside this cluster"));
            work.diagnostics.add(Diagnostic.of(
                    DiagnosticCode.RECOVERY_SIDECAR_FOREIGN,
                    root.display(file),
                    "the recovery record is about " + sidecar.graphUri() + ", which is not where this cluster keeps a"
                            + " graph `" + sidecar.graphId() + "`; it was kept and decides nothing"));
            return;
        }
        Optional<OperationRecord> owner = Optional.ofNullable(work.atWork.get(sidecar.operationId()));
        if (owner.isPresent()) {
            leaveAlone(file, sidecar, owner.get(), work);
            return;
        }
        work.interrupted.add(sidecar);
        RootObservation observation = switch (sidecar.kind()) {
            case GRAPH_DELETE -> deletions.of(sidecar);
            case GRAPH_CREATE, SCHEMA_APPLY -> observe(sidecar.graphId(), graphRoot.get());
        };
        RecoveryDecision decision = RecoveryDecision.of(sidecar, observation, work.ledger);
        work.examined.add(new Examined(file, Optional.of(sidecar), Optional.of(decision), decision.why()));
        if (sidecar.kind() == SidecarKind.GRAPH_DELETE) {
            carryOutDelete(decision, parsed, work);
        } else {
            carryOut(decision, sidecar, work);
        }
    }

    /** Operations that are not ended and whose process may live, by the sidecars they are at work on. */
    private Map<String, OperationRecord> atWork(List<ObjectKey> files) {
        Map<String, OperationRecord> unfinished = new HashMap<>(
                notes.unfinished(files.stream().map(SidecarStore::operationId).collect(Collectors.toSet())));
        unfinished
                .values()
                .removeIf(operation ->
                        !presence.mayBeAtWork(operation.submission().owner()));
        return unfinished;
    }

    private void leaveAlone(ObjectKey file, Sidecar sidecar, OperationRecord operation, Work work) {
        String reason = "operation " + operation.id() + " of instance "
                + operation.submission().owner().instance() + " is at work on it";
        work.examined.add(new Examined(
                file, Optional.of(sidecar), Optional.of(new RecoveryDecision.KeepUndecided(AT_WORK, reason)), reason));
        work.pending.add(sidecar.graphId());
        work.note(
                DiagnosticCode.CLUSTER_RECOVERY_PENDING,
                sidecar.graphId(),
                "a " + sidecar.kind().wire() + " is under way: " + reason);
    }

    private Optional<GraphRoot> derivedRoot(Sidecar sidecar) {
        try {
            return Optional.of(root.graphRoot(sidecar.graphId()))
                    .filter(derived -> derived.location().equals(sidecar.graphUri()));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no graph of this cluster can have that id
        }
    }

    private RootObservation observe(String graph, GraphRoot graphRoot) {
        PrefixOutcome exists = store.exists(StorageRoot.graphKey(graph));
        if (exists instanceof PrefixOutcome.Absent) {
            return new RootObservation.Absent();
        }
        if (exists instanceof PrefixOutcome.Unknown unknown) {
            throw new StorageUnavailableException(
                    "whether anything is stored at " + graphRoot + " is not known: " + unknown.reason());
        }
        GraphObservation observation = engine.observe(graphRoot);
        if (observation instanceof GraphObservation.Opened opened) {
            return new RootObservation.Opened(opened.schemaDigest());
        }
        if (observation instanceof GraphObservation.NotOpenable broken) {
            return new RootObservation.NotOpenable(broken.reason());
        }
        throw new StorageUnavailableException(
                graphRoot + " cannot be looked at: " + ((GraphObservation.Unknown) observation).reason());
    }

    private void carryOut(RecoveryDecision decision, Sidecar sidecar, Work work) {
        String graph = sidecar.graphId();
        if (decision instanceof RecoveryDecision.Retire) {
            work.done.add(sidecar);
        } else if (decision instanceof RecoveryDecision.RollForward forward) {
            work.ledger = rolledForward(work.ledger, sidecar, forward.schemaDigest());
            work.done.add(sidecar);
            work.note(
                    DiagnosticCode.CLUSTER_RECOVERY_ROLLED_FORWARD,
                    graph,
                    "an interrupted " + sidecar.kind().wire() + " had completed; the ledger records it now");
        } else if (decision instanceof RecoveryDecision.KeepIncomplete incomplete) {
            String message =
                    "the graph was being created and does not open (" + incomplete.reason() + "); nothing was removed";
            work.pending.add(graph);
            work.setStatus(graph, ResourceStatus.of(ResourceStatus.Kind.ERROR, INCOMPLETE, message));
            work.note(DiagnosticCode.GRAPH_CREATE_INCOMPLETE, graph, message);
        } else if (decision instanceof RecoveryDecision.KeepDrifted) {
            String message = "the graph has neither the schema that is recorded nor the one that an interrupted "
                    + sidecar.kind().wire() + " was to give it; run refresh to record what is there";
            work.pending.add(graph);
            work.setStatus(graph, ResourceStatus.of(ResourceStatus.Kind.DRIFTED, ACTUAL_STATE_PENDING, message));
            work.note(DiagnosticCode.CLUSTER_RECOVERY_PENDING, graph, message);
        } else if (decision instanceof RecoveryDecision.KeepUndecided undecided) {
            work.pending.add(graph);
            work.note(
                    DiagnosticCode.CLUSTER_RECOVERY_PENDING,
                    graph,
                    "an interrupted " + sidecar.kind().wire() + " cannot be resolved yet: " + undecided.reason());
        }
    }

    private void carryOutDelete(RecoveryDecision decision, SidecarStore.Reading.Parsed parsed, Work work) {
        Sidecar sidecar = parsed.sidecar();
        String graph = sidecar.graphId();
        if (decision instanceof RecoveryDecision.GiveUp) {
            work.done.add(sidecar);
            work.note(
                    DiagnosticCode.GRAPH_DELETE_INCOMPLETE,
                    graph,
                    "a delete of the graph was interrupted and did not finish; it was given up");
        } else if (decision instanceof RecoveryDecision.Resume resume) {
            work.unfinished.add(new UnfinishedDelete(sidecar, parsed.tag(), resume.begun(), resume.aside()));
            work.note(
                    DiagnosticCode.GRAPH_DELETE_INCOMPLETE,
                    graph,
                    resume.begun()
                            ? "a delete of the graph was interrupted after its removal had begun"
                            : "a delete of the graph was interrupted before anything was removed");
        } else if (decision instanceof RecoveryDecision.RecordRemoval) {
            work.ledger = GraphRemoval.of(sidecar)
                    .recordedIn(work.ledger, clock.instant())
                    .edit()
                    .putRecoveryRecord(sidecar.operationId(), recoveryRecord(sidecar))
                    .build();
            work.done.add(sidecar);
            work.note(
                    DiagnosticCode.CLUSTER_RECOVERY_ROLLED_FORWARD,
                    graph,
                    "an interrupted graph_delete had removed the graph; the ledger records it now");
        } else {
            carryOut(decision, sidecar, work);
        }
    }

    private Ledger rolledForward(Ledger ledger, Sidecar sidecar, String schemaDigest) {
        ResourceAddress.Graph graph = new ResourceAddress.Graph(sidecar.graphId());
        ResourceAddress.Schema schema = new ResourceAddress.Schema(sidecar.graphId());
        Optional<String> provider = ledger.entry(graph).flatMap(LedgerEntry::embeddingProvider);
        Ledger withSchema =
                ledger.edit().putEntry(schema, LedgerEntry.of(schemaDigest)).build();
        Ledger forward = withSchema
                .edit()
                .putEntry(graph, LedgerEntry.graph(withSchema.compositeDigest(sidecar.graphId(), provider), provider))
                .putStatus(graph, ResourceStatus.APPLIED)
                .putStatus(schema, ResourceStatus.APPLIED)
                .putRecoveryRecord(sidecar.operationId(), recoveryRecord(sidecar))
                .build();
        return Consumption.of(sidecar)
                .map(use -> use.recordedIn(forward, clock.instant()))
                .orElse(forward);
    }

    private JsonObject recoveryRecord(Sidecar sidecar) {
        return JsonObject.builder()
                .put("kind", sidecar.kind().wire())
                .put("graph_id", sidecar.graphId())
                .put("outcome", "rolled_forward")
                .put("recovered_at", WireTime.format(clock.instant()))
                .putOrNull("actor", sidecar.actor())
                .build();
    }

    /** What has been worked out so far. */
    private static final class Work {
        private Ledger ledger;
        private final Map<String, OperationRecord> atWork;
        private final Set<String> pending = new TreeSet<>();
        private final List<Examined> examined = new ArrayList<>();
        private final List<Sidecar> interrupted = new ArrayList<>();
        private boolean unattributed;
        private final List<UnfinishedDelete> unfinished = new ArrayList<>();
        private final List<Sidecar> done = new ArrayList<>();
        private final List<Diagnostic> diagnostics = new ArrayList<>();

        private Work(Ledger ledger, Map<String, OperationRecord> atWork) {
            this.ledger = ledger;
            this.atWork = atWork;
        }

        private void setStatus(String graph, ResourceStatus status) {
            ledger = ledger.edit()
                    .putStatus(new ResourceAddress.Graph(graph), status)
                    .putStatus(new ResourceAddress.Schema(graph), status)
                    .build();
        }

        private void note(DiagnosticCode code, String graph, String message) {
            diagnostics.add(Diagnostic.of(code, new ResourceAddress.Graph(graph).text(), message));
        }
    }
}
