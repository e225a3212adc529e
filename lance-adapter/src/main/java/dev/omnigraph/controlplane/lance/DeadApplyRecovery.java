package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.graph.GraphRecovery;
import dev.omnigraph.controlplane.graph.LockOwnership;
import dev.omnigraph.controlplane.graph.SchemaApplyJournal;
import dev.omnigraph.controlplane.graph.SchemaLock;
import dev.omnigraph.controlplane.graph.WriterHold;
import dev.omnigraph.controlplane.storage.ObjectStore;
import java.io.IOException;
import java.util.Optional;

/**
 * Recovers graphs in which a schema apply died or gave up, and no others: a lock branch of a dead apply of ours tells
 * them, or, where there is no lock branch at all, the engine's sidecar of a schema apply, for one that is alive has its lock
 * (graph-format.md 7.4). Thread-safe.
 */
final class DeadApplyRecovery {

    private final ObjectStore store;
    private final LockBranch locks;
    private final GraphRecoverer recoverer;

    DeadApplyRecovery(ObjectStore store, LockBranch locks, GraphRecoverer recoverer) {
        this.store = store;
        this.locks = locks;
        this.recoverer = recoverer;
    }

    WriterHold hold(GraphPlace place, LockOwnership ownership) {
        try {
            return isHeld(place, lock(place), ownership) ? new WriterHold.Held() : new WriterHold.None();
        } catch (LanceException e) {
            return e.failure() == LanceFailure.DATASET_MISSING ? new WriterHold.None() : unseen(e);
        } catch (IOException e) {
            return unseen(e);
        }
    }

    private static WriterHold unseen(Exception e) {
        return LanceFailures.isUnanswered(e) ? new WriterHold.Unknown(unreadMessage(e)) : new WriterHold.Held();
    }

    private Optional<SchemaLock> lock(GraphPlace place) throws LanceException, IOException {
        return locks.find(place.datasets().resolve(GraphLayout.MANIFEST));
    }

    private boolean isHeld(GraphPlace place, Optional<SchemaLock> lock, LockOwnership ownership) throws IOException {
        return lock.isPresent() ? ownership.isLeftByUs(lock.get()) : hasUnfinishedApply(place);
    }

    private boolean hasUnfinishedApply(GraphPlace place) throws IOException {
        try {
            return new RecoverySidecars(new GraphTexts(store, place.key()), point -> {})
                    .list().stream().anyMatch(stored -> stored.sidecar().writer() == WriterKind.SCHEMA_APPLY);
        } catch (RecoveryStuckException e) {
            return true; // it may be one; the recovery says what is in the way
        }
    }

    GraphRecovery recover(GraphPlace place, SchemaApplyJournal journal) {
        try {
            Optional<SchemaLock> lock = lock(place);
            return isHeld(place, lock, journal)
                    ? recoverHeld(place, lock.isPresent(), journal)
                    : new GraphRecovery.Nothing();
        } catch (LanceException e) {
            return e.failure() == LanceFailure.DATASET_MISSING ? new GraphRecovery.Nothing() : unread(e);
        } catch (IOException e) {
            return unread(e);
        }
    }

    /** Without a lock branch others may be writing; what they have not completed is left to them, and holds nobody. */
    private GraphRecovery recoverHeld(GraphPlace place, boolean locked, SchemaApplyJournal journal) {
        RecoveryOutcome outcome = recoverer.recover(place, OtherWriters.POSSIBLE, journal);
        if (outcome instanceof RecoveryOutcome.Recovered recovered) {
            return recovered.isComplete() || (!locked && hasEndedApplies(recovered))
                    ? new GraphRecovery.Recovered()
                    : new GraphRecovery.Held("an interrupted write of the graph could not be ended, because another"
                            + " writer moved the same tables meanwhile; try again");
        }
        if (outcome instanceof RecoveryOutcome.Locked foreign) {
            return new GraphRecovery.Held(foreign.reason());
        }
        return outcome instanceof RecoveryOutcome.Stuck stuck
                ? new GraphRecovery.Held(stuck.reason())
                : new GraphRecovery.Unknown(((RecoveryOutcome.Failed) outcome).reason());
    }

    private static boolean hasEndedApplies(RecoveryOutcome.Recovered recovered) {
        return RecoveryOutcome.Recovered.isComplete(recovered.writes().stream()
                .filter(write -> write.writer() == WriterKind.SCHEMA_APPLY)
                .toList());
    }

    private static GraphRecovery unread(Exception e) {
        String reason = unreadMessage(e);
        return LanceFailures.isUnanswered(e)
                ? new GraphRecovery.Unknown(reason)
                : new GraphRecovery.Held(reason + ". Look at " + GraphLayout.MANIFEST);
    }

    private static String unreadMessage(Exception e) {
        return "it is not known whether a lock branch is on the graph: " + e.getMessage();
    }
}
