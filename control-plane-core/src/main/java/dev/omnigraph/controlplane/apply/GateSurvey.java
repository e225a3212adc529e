package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.approval.Applier;
import dev.omnigraph.controlplane.approval.ApprovalBook;
import dev.omnigraph.controlplane.approval.ApprovalEntry;
import dev.omnigraph.controlplane.approval.ApprovalStore;
import dev.omnigraph.controlplane.approval.ApprovalVerdicts;
import dev.omnigraph.controlplane.approval.Holders;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.graph.SchemaPreview;
import dev.omnigraph.controlplane.ledger.ClusterArea;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Sidecar;
import dev.omnigraph.controlplane.plan.ChangeOperation;
import dev.omnigraph.controlplane.plan.Differ;
import dev.omnigraph.controlplane.plan.Difference;
import dev.omnigraph.controlplane.plan.Gate;
import dev.omnigraph.controlplane.plan.GateFacts;
import dev.omnigraph.controlplane.plan.GraphDestruction;
import dev.omnigraph.controlplane.plan.HistoryDestruction;
import dev.omnigraph.controlplane.plan.Verdict;
import dev.omnigraph.controlplane.recovery.Sweep;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The changes that need a human decision or can have one: what each would destroy, and what was decided about it.
 *
 * @param book every decision that can still mean something, as it was stored
 * @param facts by the resource of the change
 * @param findings what a person has to know of decisions that do not count
 */
public record GateSurvey(ApprovalBook book, Map<ResourceAddress, GateFacts> facts, List<Diagnostic> findings) {

    public GateSurvey {
        facts = Map.copyOf(facts);
        findings = List.copyOf(findings);
    }

    /** What is known of the change of a resource. */
    GateFacts factsOf(ResourceAddress resource) {
        return facts.getOrDefault(resource, GateFacts.NONE);
    }

    /** The approval by which the change of a resource is carried out, if it has one. */
    Optional<ApprovalEntry> approvalOf(ResourceAddress resource) {
        return factsOf(resource).verdict() instanceof Verdict.Approved approved
                ? book.entry(approved.approvalId())
                : Optional.empty();
    }

    /** Whether a migration is approved to remove data for good. */
    boolean allowsHardDrops() {
        return facts.values().stream()
                .anyMatch(gate -> gate.verdict().allows()
                        && gate.destruction()
                                .filter(HistoryDestruction.class::isInstance)
                                .isPresent());
    }

    /**
     * Looks.
     *
     * @param liveSchemas digests by graph id, of graphs whose record lost its schema
     * @param previews by graph id, what changed schemas would do
     * @throws StorageUnavailableException where the storage does not answer
     */
    static GateSurvey take(
            ClusterContext context,
            DesiredCluster desired,
            Sweep.Result sweep,
            ClusterArea area,
            Map<String, String> liveSchemas,
            SortedMap<String, SchemaPreview> previews,
            Applier applier) {
        List<Difference> differences = Differ.differences(Optional.of(sweep.ledger()), desired, liveSchemas);
        List<Difference> needing = Gate.needing(differences);
        Map<String, HistoryDestruction> drops = SchemaPreviews.destructions(previews);
        ApprovalStore approvals = new ApprovalStore(context.store(), context.root());
        ApprovalBook book = needing.isEmpty() && drops.isEmpty()
                ? published(approvals, area, context.memory().spentApprovals())
                : approvals.readUnspent(context.memory().spentApprovals());
        List<Diagnostic> findings = new ArrayList<>(book.findings());
        Map<ResourceAddress, GateFacts> facts = new HashMap<>();
        ApprovalVerdicts verdicts = verdicts(context, desired, sweep, book, applier);
        for (Difference change : differences) {
            Optional<GateFacts> known = needing.contains(change)
                    ? Optional.of(look(context, verdicts, change, sweep))
                    : dropping(change, drops).map(destruction -> lookAtDrops(verdicts, change, destruction));
            known.ifPresent(gate -> {
                facts.put(change.resource(), gate);
                finding(change, gate.verdict()).ifPresent(findings::add);
                ignored(change, verdicts).ifPresent(findings::add);
            });
        }
        return new GateSurvey(book, facts, findings);
    }

    private static Optional<HistoryDestruction> dropping(Difference change, Map<String, HistoryDestruction> drops) {
        return change.resource() instanceof ResourceAddress.Schema schema
                        && change.operation() == ChangeOperation.UPDATE
                ? Optional.ofNullable(drops.get(schema.graph()))
                : Optional.empty();
    }

    private static GateFacts lookAtDrops(ApprovalVerdicts verdicts, Difference change, HistoryDestruction destruction) {
        return new GateFacts(
                verdicts.ofPossible(change, Optional.of(destruction.seen())),
                verdicts.rejections(change),
                Optional.of(destruction));
    }

    private static ApprovalBook published(ApprovalStore approvals, ClusterArea area, Set<String> spent) {
        return area.hasApprovals() ? approvals.readPublished(spent) : ApprovalBook.EMPTY;
    }

    private static ApprovalVerdicts verdicts(
            ClusterContext context, DesiredCluster desired, Sweep.Result sweep, ApprovalBook book, Applier applier) {
        Holders holders = new Holders(context.store(), context.root());
        // Their approvals are free again, or on record: an apply goes on with the deletes and retires the others first.
        Set<String> settled = Stream.concat(
                        sweep.unfinishedDeletes().stream().map(Sweep.UnfinishedDelete::sidecar), sweep.done().stream())
                .map(Sidecar::operationId)
                .collect(Collectors.toSet());
        return new ApprovalVerdicts(
                book,
                sweep.ledger(),
                desired.configDigest(),
                context.clock().instant(),
                sidecar -> !settled.contains(sidecar) && holders.isHeld(sidecar),
                context.settings().approvals(),
                applier);
    }

    private static GateFacts look(
            ClusterContext context, ApprovalVerdicts verdicts, Difference change, Sweep.Result sweep) {
        if (!(change.resource() instanceof ResourceAddress.Graph graph)) {
            return new GateFacts(verdicts.of(change, Optional.empty()), verdicts.rejections(change), Optional.empty());
        }
        Optional<ObjectKey> aside = aside(graph.id(), sweep);
        Destructions destructions = new Destructions(context);
        ObjectKey place = aside.orElse(StorageRoot.graphKey(graph.id()));
        GraphDestruction destruction = destructions.at(place);
        // What is aside is put back by an apply and compared then: its branches do not open where it is. What a removal
        // left was compared before the removal began.
        boolean comparedElsewhen =
                aside.isPresent() || (isBegun(graph.id(), sweep) && destructions.isWithoutManifest(place));
        Optional<String> seen = comparedElsewhen ? Optional.empty() : Optional.of(destruction.seen());
        return new GateFacts(verdicts.of(change, seen), verdicts.rejections(change), Optional.of(destruction));
    }

    private static boolean isBegun(String graph, Sweep.Result sweep) {
        return sweep.unfinishedDeletes().stream()
                .anyMatch(delete -> delete.begun() && delete.sidecar().graphId().equals(graph));
    }

    private static Optional<ObjectKey> aside(String graph, Sweep.Result sweep) {
        return sweep.unfinishedDeletes().stream()
                .filter(delete -> delete.aside() && delete.sidecar().graphId().equals(graph))
                .map(delete -> ControlKeys.trash(delete.sidecar().operationId(), graph))
                .findFirst();
    }

    private static Optional<Diagnostic> ignored(Difference change, ApprovalVerdicts verdicts) {
        List<String> ignored = verdicts.ignored(change);
        return ignored.isEmpty()
                ? Optional.empty()
                : Optional.of(Diagnostic.of(
                        DiagnosticCode.APPROVAL_IGNORED,
                        change.resource().text(),
                        "nobody is known to have given " + String.join(", ", ignored)
                                + " here; such approvals allow nothing on this instance"));
    }

    private static Optional<Diagnostic> finding(Difference change, Verdict verdict) {
        String resource = change.resource().text();
        if (verdict instanceof Verdict.Stale stale) {
            return Optional.of(Diagnostic.of(
                    DiagnosticCode.APPROVAL_STALE,
                    resource,
                    "there is an approval, but not of this change as it is now: "
                            + stale.approvals().stream()
                                    .map(approval ->
                                            approval.approvalId() + " (" + String.join(", ", approval.moved()) + ")")
                                    .collect(Collectors.joining("; "))));
        }
        if (verdict instanceof Verdict.OwnApproval own) {
            return Optional.of(Diagnostic.of(
                    DiagnosticCode.SECOND_PERSON_REQUIRED,
                    resource,
                    "approval " + own.approvalId() + " can be used by a named person who did not give it, and by nobody"
                            + " else; nothing was removed"));
        }
        return verdict instanceof Verdict.DataMoved moved
                ? Optional.of(Diagnostic.of(
                        DiagnosticCode.GRAPH_MOVED,
                        resource,
                        "approval " + moved.approvalId() + " is for the data that the approver saw, and something was"
                                + " written since; nothing was removed"))
                : Optional.empty();
    }
}
