package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.SchemaApplyJournal;
import dev.omnigraph.controlplane.graph.SchemaLock;
import dev.omnigraph.controlplane.id.IdSource;
import dev.omnigraph.controlplane.lance.RecoveryOutcome.StagedSchema;
import dev.omnigraph.controlplane.storage.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finishes or undoes what interrupted writers of any kind left at a graph, to the same end as the engine's read-write
 * open (graph-format.md 6). Content of tables is taken back only where nobody else can be writing the graph. Whatever stops
 * it, it can be run again.
 */
final class GraphRecoverer {

    private final ObjectStore store;
    private final RecoveryServices services;
    private final LockBranch locks;
    private final FaultPoints faultPoints;
    private final IdSource ids;

    GraphRecoverer(
            ObjectStore store, RecoveryServices services, LockBranch locks, FaultPoints faultPoints, IdSource ids) {
        this.store = store;
        this.services = services;
        this.locks = locks;
        this.faultPoints = faultPoints;
        this.ids = ids;
    }

    /**
     * Recovers the graph, whose schema files agree afterwards if this says {@link RecoveryOutcome.Recovered}.
     *
     * @param others as the caller knows; the lock branch of a dead apply of ours keeps them out in any case
     */
    RecoveryOutcome recover(GraphPlace place, OtherWriters others, SchemaApplyJournal journal) {
        try {
            RecoveringGraph graph = RecoveringGraph.at(place, store, faultPoints);
            // What does not open for reading does not open for writing.
            ManifestState main = services.manifests().read(graph.manifest());
            Optional<SchemaLock> lock = locks.find(graph.manifest());
            if (lock.isPresent() && !journal.isLeftByUs(lock.get())) {
                return new RecoveryOutcome.Locked(lock.get(), foreign(lock.get()));
            }
            return recover(graph, main, lock, lock.isPresent() ? OtherWriters.NONE : others, journal);
        } catch (RecoveryStuckException | MalformedManifestException e) {
            return new RecoveryOutcome.Stuck(reason(e));
        } catch (UnopenableException e) {
            return e.outcome() instanceof GraphObservation.Unknown
                    ? new RecoveryOutcome.Failed(reason(e))
                    : new RecoveryOutcome.Stuck(reason(e));
        } catch (IOException | LanceException | PublishConflictException | InjectedFaultException e) {
            return new RecoveryOutcome.Failed(reason(e));
        }
    }

    private static String reason(Exception e) {
        return Objects.requireNonNullElse(e.getMessage(), e.toString());
    }

    private static String foreign(SchemaLock lock) {
        return "a schema apply that is none of ours holds " + GraphLayout.LOCK_BRANCH + ", made at " + lock.createdAt()
                + " from version " + lock.manifestVersion() + " of " + GraphLayout.MANIFEST
                + ". Nothing was changed; if its process is known to be dead, remove that branch";
    }

    private RecoveryOutcome recover(
            RecoveringGraph graph,
            ManifestState main,
            Optional<SchemaLock> lock,
            OtherWriters others,
            SchemaApplyJournal journal)
            throws IOException, LanceException, MalformedManifestException, PublishConflictException,
                    RecoveryStuckException, UnopenableException {
        List<RecoverySidecars.Stored> sidecars = graph.sidecars().list();
        StagedSchemaFate fate = new StagedSchemaRecovery(graph).recover(main, sidecars);
        WriteRecovery writing = new WriteRecovery(graph, others, services, faultPoints, ids);
        List<RecoveredWrite> writes = new ArrayList<>();
        for (RecoverySidecars.Stored sidecar : sidecars) {
            writes.add(writing.recover(sidecar, fate == StagedSchemaFate.AS_THE_WRITE));
        }
        new ContractRepair(graph, services).ensure(lock.isPresent());
        boolean cleared = lock.isPresent() && RecoveryOutcome.Recovered.isComplete(writes);
        if (cleared) {
            locks.delete(graph.manifest());
            faultPoints.reach(FaultPoint.RECOVERY_AFTER_UNLOCK);
            journal.unlocked(lock.get());
        }
        return new RecoveryOutcome.Recovered(schemaFiles(fate, writes), writes, cleared);
    }

    private static StagedSchema schemaFiles(StagedSchemaFate fate, List<RecoveredWrite> writes) {
        return switch (fate) {
            case NONE -> StagedSchema.NONE;
            case PROMOTE -> StagedSchema.PROMOTED;
            case DISCARD -> StagedSchema.DISCARDED;
            case AS_THE_WRITE -> schemaFiles(writes);
            case AMBIGUOUS -> throw new IllegalStateException("an ambiguous set of schema files stops a recovery");
        };
    }

    private static StagedSchema schemaFiles(List<RecoveredWrite> writes) {
        List<RecoveredWrite> applies = writes.stream()
                .filter(write -> write.writer() == WriterKind.SCHEMA_APPLY)
                .toList();
        if (applies.stream().anyMatch(RecoveredWrite::isPublished)) {
            return StagedSchema.PROMOTED;
        }
        return RecoveryOutcome.Recovered.isComplete(applies) ? StagedSchema.DISCARDED : StagedSchema.KEPT;
    }
}
