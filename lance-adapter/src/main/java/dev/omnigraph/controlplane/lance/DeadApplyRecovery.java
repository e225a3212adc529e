package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.graph.GraphRecovery;
import dev.omnigraph.controlplane.graph.SchemaApplyJournal;
import dev.omnigraph.controlplane.graph.SchemaLock;
import java.io.IOException;
import java.util.Optional;

/** Recovers graphs on which a schema apply of ours died, and no others: its lock branch is what tells them. Thread-safe. */
final class DeadApplyRecovery {

    private final LockBranch locks;
    private final GraphRecoverer recoverer;

    DeadApplyRecovery(LockBranch locks, GraphRecoverer recoverer) {
        this.locks = locks;
        this.recoverer = recoverer;
    }

    GraphRecovery recover(GraphPlace place, SchemaApplyJournal journal) {
        try {
            Optional<SchemaLock> lock = locks.find(place.datasets().resolve(GraphLayout.MANIFEST));
            return lock.filter(journal::isLeftByUs).isPresent()
                    ? recoverLocked(place, journal)
                    : new GraphRecovery.Nothing();
        } catch (LanceException e) {
            return e.failure() == LanceFailure.DATASET_MISSING ? new GraphRecovery.Nothing() : unread(e);
        } catch (IOException e) {
            return unread(e);
        }
    }

    private GraphRecovery recoverLocked(GraphPlace place, SchemaApplyJournal journal) {
        RecoveryOutcome outcome = recoverer.recover(place, OtherWriters.NONE, journal);
        if (outcome instanceof RecoveryOutcome.Recovered recovered) {
            return recovered.isComplete()
                    ? new GraphRecovery.Recovered()
                    : new GraphRecovery.Held("an interrupted write of the graph could not be ended, because another"
                            + " writer moved the same tables meanwhile; try again");
        }
        if (outcome instanceof RecoveryOutcome.Locked locked) {
            return new GraphRecovery.Held(locked.reason());
        }
        return outcome instanceof RecoveryOutcome.Stuck stuck
                ? new GraphRecovery.Held(stuck.reason())
                : new GraphRecovery.Unknown(((RecoveryOutcome.Failed) outcome).reason());
    }

    private static GraphRecovery unread(Exception e) {
        String reason = "it is not known whether a lock branch is on the graph: " + e.getMessage();
        return LanceFailures.isUnanswered(e)
                ? new GraphRecovery.Unknown(reason)
                : new GraphRecovery.Held(reason + ". Look at " + GraphLayout.MANIFEST);
    }
}
