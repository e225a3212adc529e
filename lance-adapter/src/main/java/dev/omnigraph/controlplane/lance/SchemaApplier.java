package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.SchemaApplication;
import dev.omnigraph.controlplane.graph.SchemaApplyJournal;
import dev.omnigraph.controlplane.graph.SchemaChange;
import dev.omnigraph.controlplane.graph.SchemaLock;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Applies schemas to graphs by the protocol of graph-format.md 7.4, hardened as its 7.8 allows: recover, look, lock, look
 * again, move, unlock. Thread-safe; calls on one graph are the caller's to serialise.
 */
final class SchemaApplier {

    private final GraphRecoverer recoverer;
    private final GraphObserver observer;
    private final MigrationPlans plans;
    private final LockBranch locks;
    private final GraphMigrator migrator;
    private final FaultPoints faultPoints;
    private final InstantSource clock;

    SchemaApplier(
            GraphRecoverer recoverer,
            GraphObserver observer,
            MigrationPlans plans,
            LockBranch locks,
            GraphMigrator migrator,
            FaultPoints faultPoints,
            InstantSource clock) {
        this.recoverer = recoverer;
        this.observer = observer;
        this.plans = plans;
        this.locks = locks;
        this.migrator = migrator;
        this.faultPoints = faultPoints;
        this.clock = clock;
    }

    SchemaApplication apply(GraphPlace place, SchemaChange change, SchemaApplyJournal journal) {
        Optional<SchemaApplication> stopped = stopped(place, recoverer.recover(place, OtherWriters.POSSIBLE, journal));
        if (stopped.isPresent()) {
            return stopped.get();
        }
        return untilMoving(() -> {
            LiveGraph live = observer.open(place);
            Optional<SchemaApplication> settled = settled(live, change);
            if (settled.isPresent()) {
                return settled.get();
            }
            plans.plan(place, live, change);
            return applyLocked(place, live, change, journal);
        });
    }

    /** What keeps an apply from beginning after a recovery. */
    private Optional<SchemaApplication> stopped(GraphPlace place, RecoveryOutcome recovery) {
        if (recovery instanceof RecoveryOutcome.Locked locked) {
            return Optional.of(new SchemaApplication.Refused(locked.reason()));
        }
        if (recovery instanceof RecoveryOutcome.Stuck stuck) {
            return Optional.of(new SchemaApplication.Refused(stuck.reason()));
        }
        if (recovery instanceof RecoveryOutcome.Failed failed) {
            return Optional.of(failedRecovery(place, failed.reason()));
        }
        return ((RecoveryOutcome.Recovered) recovery).isComplete()
                ? Optional.empty()
                : Optional.of(
                        new SchemaApplication.Refused("a write of the graph is under way or was interrupted. Where"
                                + " it is certain that no program writes the graph, open it with the engine's own tool, which"
                                + " undoes the write; else try again later"));
    }

    /** Where the graph cannot even be read, there may have been nothing to recover. */
    private SchemaApplication failedRecovery(GraphPlace place, String reason) {
        try {
            observer.open(place);
        } catch (UnopenableException e) {
            if (e.outcome() instanceof GraphObservation.Unknown) {
                return new SchemaApplication.Unknown(reason);
            }
        }
        return new SchemaApplication.Failed("an interrupted write of the graph could not be ended: " + reason);
    }

    /** Whether there is nothing to do, or nothing may be done. */
    private static Optional<SchemaApplication> settled(LiveGraph live, SchemaChange change) {
        if (live.digest().equals(Sha256.hex(change.desiredSource()))) {
            return Optional.of(
                    new SchemaApplication.AlreadyApplied(live.manifest().version()));
        }
        return live.digest().equals(change.expectedDigest())
                ? Optional.empty()
                : Optional.of(new SchemaApplication.Moved(live.digest()));
    }

    private SchemaApplication applyLocked(
            GraphPlace place, LiveGraph live, SchemaChange change, SchemaApplyJournal journal)
            throws LanceException, IOException, MigrationRefusedException {
        DatasetLocation manifest = place.datasets().resolve(GraphLayout.MANIFEST);
        Optional<SchemaLock> present = locks.find(manifest);
        if (present.isPresent()) {
            throw MigrationRules.locked(present.get(), clock.instant());
        }
        long version = live.manifest().version();
        journal.locking(version);
        SchemaLock lock;
        try {
            lock = locks.create(manifest, version);
        } catch (LanceException | IOException e) {
            return unlocked(e);
        }
        SchemaApplication outcome;
        try {
            journal.locked(lock);
            outcome = underLock(place, change, journal);
        } catch (RuntimeException e) {
            release(manifest, lock, journal).ifPresent(problem -> e.addSuppressed(new IOException(problem)));
            throw e;
        }
        if (outcome instanceof SchemaApplication.Failed && !opens(place)) {
            // Some schema files are the new ones: nobody can open the graph, and its lock is what a recovery goes by.
            return withLeftover(outcome, "the graph does not open until then, and its lock stays as long");
        }
        return release(manifest, lock, journal)
                .map(problem -> withLeftover(outcome, problem))
                .orElse(outcome);
    }

    /** Nothing moved, and yet a lock may be there, for the next recovery to remove. */
    private static SchemaApplication unlocked(Exception e) {
        return LanceFailures.isUnanswered(e)
                ? new SchemaApplication.Unknown(LanceFailures.reason(e))
                : new SchemaApplication.Failed("the lock branch could not be made: " + LanceFailures.reason(e));
    }

    /** Other writers may have come first until the lock was there, so everything is looked at again. */
    private SchemaApplication underLock(GraphPlace place, SchemaChange change, SchemaApplyJournal journal) {
        return untilMoving(() -> {
            faultPoints.reach(FaultPoint.SCHEMA_APPLY_AFTER_LOCK);
            LiveGraph live = observer.open(place);
            Optional<SchemaApplication> settled = settled(live, change);
            if (settled.isPresent()) {
                return settled.get();
            }
            Migration migration = plans.plan(place, live, change);
            Optional<String> obstacle = journal.writing(migration.changes().removals());
            return obstacle.isPresent() ? new SchemaApplication.Forbidden(obstacle.get()) : move(migration, journal);
        });
    }

    private SchemaApplication move(Migration migration, SchemaApplyJournal journal) {
        try {
            return migrator.migrate(migration, journal);
        } catch (MigrationFailedException e) {
            return new SchemaApplication.Failed(LanceFailures.reason(e));
        }
    }

    /** Gives failures their outcomes as long as nothing of the graph moves. */
    private static SchemaApplication untilMoving(Beginning beginning) {
        try {
            return beginning.run();
        } catch (UnopenableException e) {
            return e.outcome() instanceof GraphObservation.Unknown
                    ? new SchemaApplication.Unknown(LanceFailures.reason(e))
                    : new SchemaApplication.Refused("the graph does not open: " + e.getMessage());
        } catch (MigrationRefusedException e) {
            return new SchemaApplication.Refused(LanceFailures.reason(e));
        } catch (MovedTableException e) {
            return new SchemaApplication.Refused(LanceFailures.reason(e));
        } catch (LanceException | IOException | MalformedManifestException | InjectedFaultException e) {
            return LanceFailures.isUnanswered(e)
                    ? new SchemaApplication.Unknown(LanceFailures.reason(e))
                    : new SchemaApplication.FailedWithoutMovement(LanceFailures.reason(e));
        }
    }

    private boolean opens(GraphPlace place) {
        try {
            observer.open(place);
            return true;
        } catch (UnopenableException e) {
            return false;
        }
    }

    /** Takes our lock away; says what to do where that fails. */
    private Optional<String> release(DatasetLocation manifest, SchemaLock lock, SchemaApplyJournal journal) {
        try {
            if (locks.find(manifest).equals(Optional.of(lock))) {
                locks.delete(manifest);
                faultPoints.reach(FaultPoint.SCHEMA_APPLY_AFTER_UNLOCK);
            }
            journal.unlocked(lock);
            return Optional.empty();
        } catch (InjectedFaultException e) {
            return Optional.of(
                    e.getMessage() + ": the branch " + GraphLayout.LOCK_BRANCH + " is removed, and no record says so");
        } catch (LanceException | IOException e) {
            return Optional.of("the branch " + GraphLayout.LOCK_BRANCH + " of " + GraphLayout.MANIFEST
                    + " could not be removed: " + e.getMessage()
                    + ". It keeps every writer out of the graph until the next apply of this service removes it");
        }
    }

    /** A lock that may still be there is for the next recovery, so what was done is not all that there is to it. */
    private static SchemaApplication withLeftover(SchemaApplication outcome, String leftover) {
        if (outcome instanceof SchemaApplication.Applied applied) {
            List<String> leftovers = new ArrayList<>(applied.leftovers());
            leftovers.add(leftover);
            return new SchemaApplication.Applied(applied.manifestVersion(), applied.plan(), leftovers);
        }
        if (outcome instanceof SchemaApplication.Unknown unknown) {
            return new SchemaApplication.Unknown(besides(unknown.reason(), leftover));
        }
        return new SchemaApplication.Failed(besides(said(outcome), leftover));
    }

    private static String besides(String reason, String leftover) {
        return reason + "; besides, " + leftover;
    }

    private static String said(SchemaApplication outcome) {
        if (outcome instanceof SchemaApplication.Failed failed) {
            return failed.reason();
        }
        if (outcome instanceof SchemaApplication.FailedWithoutMovement failed) {
            return failed.reason();
        }
        if (outcome instanceof SchemaApplication.Refused refused) {
            return refused.reason();
        }
        if (outcome instanceof SchemaApplication.Forbidden forbidden) {
            return forbidden.reason();
        }
        return outcome instanceof SchemaApplication.Moved moved
                ? "the graph has another schema, " + moved.liveDigest() + ", than the one that was planned from"
                : "the graph has the schema already";
    }

    /** What comes before the graph moves. */
    @FunctionalInterface
    private interface Beginning {
        SchemaApplication run()
                throws UnopenableException, MigrationRefusedException, MovedTableException, LanceException, IOException,
                        MalformedManifestException;
    }
}
