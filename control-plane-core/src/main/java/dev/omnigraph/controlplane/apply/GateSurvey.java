package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.approval.Applier;
import dev.omnigraph.controlplane.approval.ApprovalBook;
import dev.omnigraph.controlplane.approval.ApprovalStore;
import dev.omnigraph.controlplane.approval.ApprovalVerdicts;
import dev.omnigraph.controlplane.approval.Holders;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.plan.Destruction;
import dev.omnigraph.controlplane.plan.Differ;
import dev.omnigraph.controlplane.plan.Difference;
import dev.omnigraph.controlplane.plan.Gate;
import dev.omnigraph.controlplane.plan.GateFacts;
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
import java.util.stream.Collectors;

/**
 * The changes that need a human decision: what each would destroy, and what was decided about it.
 *
 * @param book every decision as it was stored
 * @param facts by the resource of the change
 * @param findings what a person has to know of decisions that do not count
 */
public record GateSurvey(ApprovalBook book, Map<ResourceAddress, GateFacts> facts, List<Diagnostic> findings) {

    public GateSurvey {
        facts = Map.copyOf(facts);
        findings = List.copyOf(findings);
    }

    /**
     * Looks.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    static GateSurvey take(ClusterContext context, DesiredCluster desired, Sweep.Result sweep, Applier applier) {
        List<Difference> gated = Gate.gated(Differ.differences(Optional.of(sweep.ledger()), desired));
        ApprovalStore approvals = new ApprovalStore(context.store(), context.root());
        ApprovalBook book = gated.isEmpty() ? approvals.readPublished() : approvals.read();
        List<Diagnostic> findings = new ArrayList<>(book.findings());
        Map<ResourceAddress, GateFacts> facts = new HashMap<>();
        ApprovalVerdicts verdicts = verdicts(context, desired, sweep, book, applier);
        for (Difference change : gated) {
            GateFacts known = look(context, verdicts, change, sweep);
            facts.put(change.resource(), known);
            finding(change, known.verdict()).ifPresent(findings::add);
            ignored(change, verdicts).ifPresent(findings::add);
        }
        return new GateSurvey(book, facts, findings);
    }

    private static ApprovalVerdicts verdicts(
            ClusterContext context, DesiredCluster desired, Sweep.Result sweep, ApprovalBook book, Applier applier) {
        Holders holders = new Holders(context.store(), context.root());
        Set<String> unfinished = sweep.unfinishedDeletes().stream()
                .map(delete -> delete.sidecar().operationId())
                .collect(Collectors.toSet());
        return new ApprovalVerdicts(
                book,
                sweep.ledger(),
                desired.configDigest(),
                context.clock().instant(),
                sidecar -> !unfinished.contains(sidecar) && holders.isHeld(sidecar),
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
        Destruction destruction = destructions.at(place);
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
