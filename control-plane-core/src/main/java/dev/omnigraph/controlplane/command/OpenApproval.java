package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.approval.ApprovalBook;
import dev.omnigraph.controlplane.approval.ApprovalEntry;
import dev.omnigraph.controlplane.approval.ApprovalRules;
import dev.omnigraph.controlplane.approval.ApprovalState;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.ledger.Approval;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.WireTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A decision that still counts for something, as far as that can be told without a plan: whether it is for the changes as
 * they are now, the list of approvals says.
 */
record OpenApproval(ApprovalEntry entry, ApprovalState state) {

    /** The open ones among all decisions, newest first. */
    static List<OpenApproval> among(ApprovalBook book, Ledger ledger, ApprovalRules rules, Instant now) {
        List<OpenApproval> open = new ArrayList<>();
        for (ApprovalEntry entry : book.entries().values()) {
            ApprovalState state = rules.judged(entry, entry.state(ledger, now));
            switch (state) {
                case PENDING, STALE, IGNORED, REJECTED -> open.add(new OpenApproval(entry, state));
                case CONSUMED, EXPIRED, REVOKED -> {}
            }
        }
        Collections.reverse(open);
        return List.copyOf(open);
    }

    JsonObject toJson() {
        Approval bound = entry.bound();
        Optional<Instant> expiry =
                entry.record().flatMap(stored -> stored.approval().expiresAt());
        return JsonObject.builder()
                .put("approval_id", entry.id())
                .put("state", state.wire())
                .put("resource", bound.resource())
                .put("operation", bound.operation())
                .put("approved_by", bound.approvedBy())
                .put("created_at", bound.createdAt())
                .putOrNull("expires_at", expiry.map(WireTime::format))
                .putOrNull("reserved_for", entry.reservedFor())
                .build();
    }
}
