package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.id.IdSource;
import dev.omnigraph.controlplane.lance.RecoveryAudit.Outcome;
import dev.omnigraph.controlplane.lance.SidecarDecision.SchemaProgress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ends interrupted writes of one graph, one at a time (graph-format.md 6.5 to 6.7 and 6.9). Each is published, together
 * with the schema files that belong to it, then recorded, and its sidecar goes last; so whatever stops this, the same
 * sidecar is found again and leads to the same content.
 */
final class WriteRecovery {

    /** Whose commits recoveries are. */
    static final String ACTOR = "omnigraph:recovery";

    private final RecoveringGraph graph;
    private final OtherWriters others;
    private final RecoveryServices services;
    private final FaultPoints faultPoints;
    private final IdSource ids;

    WriteRecovery(
            RecoveringGraph graph,
            OtherWriters others,
            RecoveryServices services,
            FaultPoints faultPoints,
            IdSource ids) {
        this.graph = graph;
        this.others = others;
        this.services = services;
        this.faultPoints = faultPoints;
        this.ids = ids;
    }

    /** @param schemaStaged whether schema files are staged that belong to the interrupted schema apply */
    RecoveredWrite recover(RecoverySidecars.Stored stored, boolean schemaStaged)
            throws IOException, LanceException, MalformedManifestException, PublishConflictException,
                    RecoveryStuckException {
        ManifestState main = services.manifests().read(graph.manifest());
        Optional<String> branch = stored.sidecar().branch();
        if (branch.isPresent() && !main.branches().contains(branch.get())) {
            return discard(stored);
        }
        InterruptedWrite write = new InterruptedWriteReader(graph, services.versions())
                .read(stored, branch.isEmpty() ? main : snapshot(branch));
        SchemaProgress schema = stored.sidecar().writer() == WriterKind.SCHEMA_APPLY
                ? new SchemaProgressReader(graph, services.versions()).read(write, schemaStaged)
                : SchemaProgress.NOT_READY;
        return switch (write.decide(schema)) {
            case ABORT ->
                throw new RecoveryStuckException(stored.name() + ": a table of it has no version as new as "
                        + GraphLayout.MANIFEST + " names; restore the files of its dataset. Nothing of that write was"
                        + " changed");
            case ALREADY_PUBLISHED -> recordPublished(write);
            case ROLL_BACK ->
                mayRollBack(write) ? rollBack(write) : ended(write.stored(), RecoveredWrite.Ending.DEFERRED);
            case ROLL_FORWARD -> rollForward(write);
        };
    }

    /** Taking a table back would take rows of a writer that is still alive; a schema apply that is alive has its lock. */
    private boolean mayRollBack(InterruptedWrite write) {
        return others == OtherWriters.NONE || write.sidecar().writer() == WriterKind.SCHEMA_APPLY;
    }

    private ManifestState snapshot(Optional<String> branch)
            throws LanceException, MalformedManifestException, IOException {
        return services.manifests().read(GraphLayout.onBranch(graph.manifest(), branch));
    }

    /** Nothing of a write on a branch that is gone can be seen; that it was discarded is recorded once. */
    private RecoveredWrite discard(RecoverySidecars.Stored stored)
            throws IOException, LanceException, MalformedManifestException, PublishConflictException {
        RecoverySidecar sidecar = stored.sidecar();
        if (!services.audit().holdsDiscard(graph.root(), sidecar.operationId())) {
            String commit = ids.nextUlid();
            publish(List.of(), Map.of(), CommitIntent.onMain(commit, Optional.of(ACTOR)));
            faultPoints.reach(FaultPoint.RECOVERY_ORPHAN_DISCARD_AUDIT_APPEND);
            services.audit()
                    .append(graph.root(), commit, RecoveryAudit.Kind.ORPHANED_BRANCH_DISCARDED, sidecar, List.of());
            faultPoints.reach(FaultPoint.RECOVERY_AFTER_AUDIT);
        }
        graph.sidecars().delete(stored);
        return ended(stored, RecoveredWrite.Ending.DISCARDED);
    }

    private RecoveredWrite recordPublished(InterruptedWrite write)
            throws IOException, LanceException, MalformedManifestException, PublishConflictException {
        CommitIntent commit = commit(write, write.sidecar().mergeSource());
        publish(List.of(), Map.of(), commit);
        promoteSchema(write);
        List<Outcome> outcomes = write.tables().stream()
                .map(table -> new Outcome(table.pin().tableKey(), table.pin().expectedVersion(), table.pinned()))
                .toList();
        return record(
                write,
                commit.id(),
                RecoveryAudit.Kind.ROLLED_FORWARD,
                outcomes,
                RecoveredWrite.Ending.ALREADY_PUBLISHED);
    }

    private RecoveredWrite rollForward(InterruptedWrite write)
            throws IOException, LanceException, MalformedManifestException, PublishConflictException,
                    RecoveryStuckException {
        RollForward forward = RollForward.of(write, graph, services);
        faultPoints.reach(FaultPoint.RECOVERY_BEFORE_ROLL_FORWARD_PUBLISH);
        CommitIntent commit = new CommitIntent(
                ids.nextUlid(),
                write.sidecar().branch(),
                Optional.of(ACTOR),
                write.sidecar().mergeSource());
        try {
            publish(forward.changes(), forward.expected(), commit);
        } catch (StaleExpectationException e) {
            return converge(write, forward);
        }
        promoteSchema(write);
        return record(
                write,
                commit.id(),
                RecoveryAudit.Kind.ROLLED_FORWARD,
                forward.outcomes(),
                RecoveredWrite.Ending.ROLLED_FORWARD);
    }

    /** Another recovery may have been faster with the same write. */
    private RecoveredWrite converge(InterruptedWrite write, RollForward forward)
            throws IOException, LanceException, MalformedManifestException {
        if (!forward.isShownBy(snapshot(write.sidecar().branch()))) {
            return ended(write.stored(), RecoveredWrite.Ending.DEFERRED);
        }
        promoteSchema(write);
        if (!graph.sidecars().contains(write.stored())) {
            return ended(write.stored(), RecoveredWrite.Ending.ALREADY_PUBLISHED);
        }
        String commit = services.manifests()
                .newestCommitOf(
                        ACTOR,
                        GraphLayout.onBranch(graph.manifest(), write.sidecar().branch()));
        return record(
                write,
                commit,
                RecoveryAudit.Kind.ROLLED_FORWARD,
                forward.outcomes(),
                RecoveredWrite.Ending.ALREADY_PUBLISHED);
    }

    private RecoveredWrite rollBack(InterruptedWrite write)
            throws IOException, LanceException, MalformedManifestException, PublishConflictException,
                    RecoveryStuckException {
        if (write.sidecar().writer() == WriterKind.SCHEMA_APPLY) {
            graph.staging().discard();
        }
        List<ManifestChange> changes = new ArrayList<>();
        Map<String, Long> expected = new HashMap<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (InterruptedWrite.Table table : write.tables()) {
            if (table.movement() != TableMovement.NO_MOVEMENT) {
                String key = table.pin().tableKey();
                long restored = services.versions().restore(table.dataset(), table.head(), table.pinned());
                faultPoints.reach(FaultPoint.RECOVERY_AFTER_TABLE_RESTORED);
                changes.add(services.versions()
                        .pin(key, table.dataset(), restored, table.pin().branch()));
                expected.put(key, table.pinned());
                outcomes.add(new Outcome(key, table.head(), table.pinned()));
            }
        }
        CommitIntent commit = commit(write, Optional.empty());
        publish(changes, expected, commit);
        return record(write, commit.id(), RecoveryAudit.Kind.ROLLED_BACK, outcomes, RecoveredWrite.Ending.ROLLED_BACK);
    }

    private CommitIntent commit(InterruptedWrite write, Optional<String> mergedParent) {
        return new CommitIntent(ids.nextUlid(), write.sidecar().branch(), Optional.of(ACTOR), mergedParent);
    }

    private void publish(List<ManifestChange> changes, Map<String, Long> expected, CommitIntent commit)
            throws IOException, LanceException, MalformedManifestException, PublishConflictException {
        services.publisher().publish(graph.manifest(), changes, expected, commit);
    }

    private void promoteSchema(InterruptedWrite write) throws IOException {
        if (write.sidecar().writer() == WriterKind.SCHEMA_APPLY) {
            graph.staging().promote();
        }
    }

    private RecoveredWrite record(
            InterruptedWrite write,
            String commit,
            RecoveryAudit.Kind kind,
            List<Outcome> outcomes,
            RecoveredWrite.Ending ending)
            throws IOException, LanceException {
        faultPoints.reach(FaultPoint.RECOVERY_RECORD_AUDIT);
        services.audit().append(graph.root(), commit, kind, write.sidecar(), outcomes);
        faultPoints.reach(FaultPoint.RECOVERY_AFTER_AUDIT);
        graph.sidecars().delete(write.stored());
        return ended(write.stored(), ending);
    }

    private static RecoveredWrite ended(RecoverySidecars.Stored stored, RecoveredWrite.Ending ending) {
        return new RecoveredWrite(
                stored.sidecar().operationId(), stored.sidecar().writer(), ending);
    }
}
