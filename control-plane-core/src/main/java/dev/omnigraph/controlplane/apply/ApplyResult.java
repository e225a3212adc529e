package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.ledger.ResourceStatus;
import dev.omnigraph.controlplane.plan.Change;
import java.util.List;
import java.util.SortedMap;

/**
 * What a run of apply came to.
 *
 * @param changes as they came out; empty where the run did not come to plan
 * @param appliedCount changes that were carried out; 0 where the run ended before their outcome was worked out
 * @param deferredCount changes that were deferred or blocked; 0 likewise
 * @param converged nothing desired is left undone
 * @param stateWritten the ledger was replaced
 * @param statuses as they are stored now
 * @param planMoved the plan or the ledger was not the one that the caller asked for; nothing was done
 */
public record ApplyResult(
        List<Change> changes,
        long appliedCount,
        long deferredCount,
        boolean converged,
        boolean stateWritten,
        SortedMap<ResourceAddress, ResourceStatus> statuses,
        boolean planMoved) {

    public ApplyResult {
        changes = List.copyOf(changes);
    }
}
