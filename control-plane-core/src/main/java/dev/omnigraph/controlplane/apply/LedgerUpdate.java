package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.ledger.Consumption;
import dev.omnigraph.controlplane.ledger.GraphRemoval;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerEntry;
import dev.omnigraph.controlplane.ledger.ResourceStatus;
import dev.omnigraph.controlplane.plan.Change;
import dev.omnigraph.controlplane.plan.ChangeOperation;
import dev.omnigraph.controlplane.plan.ChangeReason;
import dev.omnigraph.controlplane.plan.Differ;
import dev.omnigraph.controlplane.plan.Disposition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The ledger as it is after a run (control-plane.md 9.8): a pure function of the ledger before, the changes as they came
 * out, and the desired state.
 *
 * @param ledger with the revision it had before
 * @param converged nothing desired is left undone
 */
public record LedgerUpdate(Ledger ledger, boolean converged) {

    /**
     * Works a run into a ledger.
     *
     * @param missingGraphs recorded graphs at whose root nothing is stored
     * @param removals graphs that were deleted
     * @param consumptions approvals that were used
     */
    public static LedgerUpdate of(
            Ledger before,
            List<Change> changes,
            DesiredCluster desired,
            Set<String> missingGraphs,
            List<GraphRemoval> removals,
            List<Consumption> consumptions,
            Instant now) {
        Ledger.Editor editor = before.edit();
        changes.forEach(change -> record(change, desired, editor));
        missingGraphs.forEach(graph -> recordMissing(graph, editor));
        Ledger remaining = editor.build();
        for (GraphRemoval removal : removals) {
            remaining = removal.recordedIn(remaining, now);
        }
        for (Consumption consumption : consumptions) {
            remaining = consumption.recordedIn(remaining, now);
        }
        Ledger recorded = withComposites(remaining, desired);
        boolean converged = missingGraphs.isEmpty()
                && Differ.differences(Optional.of(recorded), desired).isEmpty();
        Ledger after = converged
                ? recorded.edit()
                        .configDigest(Optional.of(desired.configDigest()))
                        .build()
                : recorded;
        return new LedgerUpdate(after, converged);
    }

    private static void record(Change change, DesiredCluster desired, Ledger.Editor editor) {
        ResourceAddress address = change.resource();
        if (change.isApplied() && change.operation() == ChangeOperation.DELETE) {
            editor.removeEntry(address).removeStatus(address);
        } else if (change.isApplied()) {
            editor.putEntry(address, entry(address, change.difference().after().orElseThrow(), desired))
                    .putStatus(address, ResourceStatus.APPLIED);
        } else if (change.disposition() == Disposition.BLOCKED) {
            change.reason()
                    .filter(reason -> reason != ChangeReason.CLUSTER_RECOVERY_PENDING)
                    .ifPresent(reason -> editor.putStatus(address, blocked(change.operation(), reason)));
        }
    }

    private static LedgerEntry entry(ResourceAddress address, String digest, DesiredCluster desired) {
        Optional<List<String>> bindings =
                address instanceof ResourceAddress.Policy policy ? desired.bindingsOf(policy) : Optional.empty();
        return new LedgerEntry(
                digest,
                bindings,
                Optional.empty(),
                address instanceof ResourceAddress.EmbeddingProvider provider
                        ? desired.profileOf(provider)
                        : Optional.empty());
    }

    private static ResourceStatus blocked(ChangeOperation operation, ChangeReason reason) {
        return ResourceStatus.of(
                ResourceStatus.Kind.BLOCKED,
                reason.wire(),
                "the " + operation.wire() + " is blocked: " + reason.explanation());
    }

    private static void recordMissing(String graph, Ledger.Editor editor) {
        ResourceStatus drifted = ResourceStatus.of(
                ResourceStatus.Kind.DRIFTED,
                ChangeReason.GRAPH_MISSING.wire(),
                ChangeReason.GRAPH_MISSING.explanation());
        editor.putStatus(new ResourceAddress.Graph(graph), drifted)
                .putStatus(new ResourceAddress.Schema(graph), drifted);
    }

    /** Every declared graph that is recorded gets its composite anew, and the provider binding that is desired. */
    private static Ledger withComposites(Ledger ledger, DesiredCluster desired) {
        Ledger.Editor editor = ledger.edit();
        desired.graphs().forEach((id, graph) -> {
            ResourceAddress.Graph address = new ResourceAddress.Graph(id);
            if (ledger.entry(address).isPresent()) {
                Optional<String> provider = graph.embeddingProvider().map(ResourceAddress::text);
                editor.putEntry(address, LedgerEntry.graph(ledger.compositeDigest(id, provider), provider));
            }
        });
        return editor.build();
    }
}
