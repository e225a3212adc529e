package dev.omnigraph.controlplane.approval;

import dev.omnigraph.controlplane.ledger.Approval;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.plan.Difference;
import dev.omnigraph.controlplane.plan.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which recorded decisions count for a change (control-plane.md 6.2, with I4, I6 and I7): an approval authorises exactly
 * the change whose three digests it is bound to, over the data that the approver saw, unless it was used, revoked or
 * reserved by another operation, or has expired. Decides on what was read; has no effects.
 */
public final class ApprovalVerdicts {

    private final ApprovalBook book;
    private final Ledger ledger;
    private final String configDigest;
    private final Instant now;
    private final Predicate<String> isHeldByAnother;
    private final ApprovalRules rules;
    private final Applier applier;

    /**
     * Decisions for one plan.
     *
     * @param configDigest of the configuration that is planned for
     * @param isHeldByAnother whether a sidecar belongs to an operation that may still use what it reserved
     * @param applier who would use the approval
     */
    public ApprovalVerdicts(
            ApprovalBook book,
            Ledger ledger,
            String configDigest,
            Instant now,
            Predicate<String> isHeldByAnother,
            ApprovalRules rules,
            Applier applier) {
        this.book = book;
        this.ledger = ledger;
        this.configDigest = configDigest;
        this.now = now;
        this.isHeldByAnother = isHeldByAnother;
        this.rules = rules;
        this.applier = applier;
    }

    /**
     * The verdict for one change.
     *
     * @param seen what stands there now; empty where that cannot be told until the moment of use
     */
    public Verdict of(Difference change, Optional<String> seen) {
        List<Verdict.StaleApproval> stale = new ArrayList<>();
        Optional<Verdict> dataMoved = Optional.empty();
        Optional<Verdict> ownApproval = Optional.empty();
        for (ApprovalEntry entry : book.about(change.resource().text())) {
            if (!mayBeUsed(entry)) {
                continue;
            }
            List<String> moved = moved(entry, change, configDigest);
            if (!moved.isEmpty()) {
                stale.add(new Verdict.StaleApproval(entry.id(), moved));
            } else if (!covers(entry, seen)) {
                dataMoved = dataMoved.or(() -> Optional.of(new Verdict.DataMoved(entry.id())));
            } else if (rules.needsAnother(entry, applier)) {
                ownApproval = ownApproval.or(() -> Optional.of(new Verdict.OwnApproval(entry.id())));
            } else {
                return new Verdict.Approved(entry.id());
            }
        }
        return (ownApproval.isPresent() ? ownApproval : dataMoved)
                .orElseGet(() -> stale.isEmpty() ? new Verdict.Undecided() : new Verdict.Stale(stale));
    }

    /** Approvals of a change that could be used, if this instance accepted such as it has no record of. */
    public List<String> ignored(Difference change) {
        return book.about(change.resource().text()).stream()
                .filter(entry -> isOpen(entry) && rules.ignores(entry))
                .map(ApprovalEntry::id)
                .toList();
    }

    /**
     * The verdict for a change that can be carried out without an approval, in another way. There an approval that was
     * neither used nor revoked and does not count, for whatever reason, is stale: somebody wanted the other way (I5).
     *
     * @param seen what stands there now
     */
    public Verdict ofPossible(Difference change, Optional<String> seen) {
        Verdict verdict = of(change, seen);
        if (verdict.allows() || verdict instanceof Verdict.OwnApproval) {
            return verdict;
        }
        List<Verdict.StaleApproval> stale = new ArrayList<>();
        for (ApprovalEntry entry : book.about(change.resource().text())) {
            ApprovalState state = entry.state(ledger, now);
            boolean isWaiting = state == ApprovalState.PENDING || state == ApprovalState.EXPIRED;
            if (isWaiting && !rules.ignores(entry)) {
                stale.add(new Verdict.StaleApproval(entry.id(), whyNotCounting(entry, state, change, seen)));
            }
        }
        return stale.isEmpty() ? new Verdict.Undecided() : new Verdict.Stale(stale);
    }

    private List<String> whyNotCounting(
            ApprovalEntry entry, ApprovalState state, Difference change, Optional<String> seen) {
        List<String> reasons = new ArrayList<>(moved(entry, change, configDigest));
        entry.damage().ifPresent(damage -> reasons.add("damaged"));
        if (state == ApprovalState.EXPIRED) {
            reasons.add("expired");
        }
        if (entry.reservedFor().filter(isHeldByAnother).isPresent()) {
            reasons.add("in_use");
        }
        if (!covers(entry, seen)) {
            reasons.add(Verdict.DATA);
        }
        return reasons;
    }

    /** The rejections of a change that stand, by the digest of the plan that was rejected. */
    public Map<String, String> rejections(Difference change) {
        Map<String, String> rejections = new HashMap<>();
        for (ApprovalEntry entry : book.about(change.resource().text())) {
            if (entry.damage().isEmpty() && entry.state(ledger, now) == ApprovalState.REJECTED) {
                entry.record()
                        .ifPresent(stored ->
                                rejections.putIfAbsent(stored.approval().planDigest(), entry.id()));
            }
        }
        return rejections;
    }

    /** In which respects an approval is not for the change as it is now; empty where it is. */
    public static List<String> moved(ApprovalEntry entry, Difference change, String configDigest) {
        Approval bound = entry.bound();
        List<String> moved = new ArrayList<>();
        if (!bound.operation().equals(change.operation().wire())) {
            moved.add("operation");
        }
        if (!bound.boundConfigDigest().equals(configDigest)) {
            moved.add("configuration");
        }
        if (!bound.boundBeforeDigest().equals(change.before())) {
            moved.add("before_digest");
        }
        if (!bound.boundAfterDigest().equals(change.after())) {
            moved.add("after_digest");
        }
        return moved;
    }

    /** Whether the data is what the approver saw, or may be other; an approval without record does not say. */
    public static boolean covers(ApprovalEntry entry, Optional<String> seen) {
        return entry.record()
                .map(ApprovalEntry.StoredRecord::approval)
                .filter(approval -> !approval.allowDataMovement())
                .flatMap(ApprovalRecord::seen)
                .map(approved -> seen.map(approved::equals).orElse(true))
                .orElse(true);
    }

    private boolean mayBeUsed(ApprovalEntry entry) {
        return isOpen(entry) && !rules.ignores(entry);
    }

    private boolean isOpen(ApprovalEntry entry) {
        return entry.damage().isEmpty()
                && entry.state(ledger, now) == ApprovalState.PENDING
                && entry.reservedFor().filter(isHeldByAnother).isEmpty();
    }
}
