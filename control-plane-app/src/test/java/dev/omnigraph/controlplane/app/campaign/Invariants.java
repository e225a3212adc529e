package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** What holds at every moment of a cluster's life, whatever dies. Looks are given in the order in which they were taken. */
public final class Invariants {

    private static final String REVOKED = "revoked:";

    private final List<String> violations = new ArrayList<>();
    private final Map<String, String> users = new HashMap<>();
    private final Map<String, String> approvalsOfSidecars = new HashMap<>();
    private final Set<String> endedBefore;
    private final boolean secondPersons;
    private StoredCluster last;

    /**
     * Begins with the look that comes before everything else.
     *
     * @param secondPersons whether approvals are of no use to the one who gave them
     */
    public Invariants(StoredCluster first, boolean secondPersons) {
        this.last = first;
        this.secondPersons = secondPersons;
        this.endedBefore = Set.copyOf(first.operations().keySet());
        remember(first);
    }

    /** What did not hold. */
    public List<String> violations() {
        return violations;
    }

    StoredCluster last() {
        return last;
    }

    void violated(String moment, String what) {
        violations.add(moment + ": " + what);
    }

    /** Takes the next look. */
    public StoredCluster look(String moment, StoredCluster now) {
        ledgerGoesForward(moment, now);
        everyMoveHasASidecarOrARecord(moment, now);
        approvalsAreUsedOnce(moment, now);
        successesAreRecorded(moment, now);
        last = now;
        return now;
    }

    /** Nothing that was stored of graphs before a sweep is missing after it; what lay aside may be back. */
    void sweptNoData(String moment, StoredCluster before, StoredCluster after) {
        before.graphs().forEach((graph, files) -> hasAll(moment, graph, files, after));
        before.aside().forEach((graph, files) -> hasAll(moment, graph, files, after));
    }

    private void hasAll(String moment, String graph, SortedMap<String, String> files, StoredCluster after) {
        Set<Map.Entry<String, String>> left = new HashSet<>();
        Optional.ofNullable(after.graphs().get(graph)).ifPresent(found -> left.addAll(found.entrySet()));
        Optional.ofNullable(after.aside().get(graph)).ifPresent(found -> left.addAll(found.entrySet()));
        files.entrySet().stream()
                .filter(file -> !left.contains(file))
                .findFirst()
                .ifPresent(file -> violated(moment, "the sweep took " + file.getKey() + " of graph " + graph));
    }

    private void ledgerGoesForward(String moment, StoredCluster now) {
        if (last.ledger().isPresent() && now.ledger().isEmpty()) {
            violated(moment, "the ledger is gone, or is no JSON");
        } else if (now.revision() < last.revision()) {
            violated(moment, "the ledger went back from revision " + last.revision() + " to " + now.revision());
        } else if (now.revision() == last.revision() && !now.cas().equals(last.cas())) {
            violated(moment, "revision " + now.revision() + " has two contents");
        }
    }

    /** Where no sidecar speaks of a graph, the ledger knows it as it is. */
    private void everyMoveHasASidecarOrARecord(String moment, StoredCluster now) {
        if (now.ledger().isEmpty()) {
            return; // an import that was not made yet
        }
        Set<String> graphs = new HashSet<>(now.graphs().keySet());
        graphs.addAll(now.recordedGraphs());
        for (String graph : graphs) {
            Optional<String> recorded = now.recorded("schema." + graph);
            if (!now.hasSidecarOf(graph) && !recorded.equals(now.liveSchema(graph))) {
                violated(
                        moment,
                        "no sidecar speaks of graph " + graph + ", whose schema is " + now.liveSchema(graph)
                                + " and is recorded as " + recorded);
            }
        }
    }

    private void approvalsAreUsedOnce(String moment, StoredCluster now) {
        remember(now);
        now.consumptions().forEach((approval, user) -> isOnlyUser(moment, approval, user, now));
        now.artifacts()
                .forEach((approval, artifact) -> StoredCluster.member(artifact, "consumed_by_operation")
                        .ifPresent(user -> {
                            isOnlyUser(moment, approval, user, now);
                            if (now.ledger().isPresent()
                                    && user.startsWith(REVOKED)
                                            == now.consumptions().containsKey(approval)) {
                                violated(
                                        moment,
                                        "approval " + approval + " is marked as used by " + user
                                                + ", and the ledger records its use as "
                                                + now.consumptions().get(approval));
                            }
                        }));
    }

    private void isOnlyUser(String moment, String approval, String user, StoredCluster now) {
        String first = users.putIfAbsent(approval, user);
        if (first != null && !first.equals(user)) {
            violated(moment, "approval " + approval + " was used by " + first + " and by " + user);
        }
        if (user.startsWith(REVOKED)) {
            return;
        }
        String named = approvalsOfSidecars.get(user);
        if (named != null && !named.equals(approval)) {
            violated(moment, "approval " + approval + " was used by the operation of approval " + named);
        }
        JsonObject reservation = now.reservations().get(approval);
        if (reservation == null || !StoredCluster.member(reservation, "sidecar").equals(Optional.of(user))) {
            violated(moment, "approval " + approval + " was used by " + user + ", for which it is not reserved");
        }
        isUsedByAnOperation(moment, approval, user, now);
    }

    /** Every operation that went on under the sidecar is somebody's who may. */
    private void isUsedByAnOperation(String moment, String approval, String user, StoredCluster now) {
        List<JsonObject> operations = now.operationsOf(user).toList();
        if (operations.isEmpty()) {
            violated(moment, "approval " + approval + " was used by " + user + ", which no operation announced");
        }
        Optional<String> approver = Optional.ofNullable(now.artifacts().get(approval))
                .flatMap(artifact -> StoredCluster.member(artifact, "approved_by"));
        for (JsonObject operation : operations) {
            Optional<String> actor = StoredCluster.member(operation, "actor");
            if (secondPersons && (actor.isEmpty() || actor.equals(approver))) {
                violated(moment, "approval " + approval + " of " + approver + " was used by " + actor + " too");
            }
        }
    }

    private void remember(StoredCluster now) {
        now.sidecars()
                .forEach((id, sidecar) -> StoredCluster.member(sidecar, "approval_id")
                        .ifPresent(approval -> approvalsOfSidecars.put(id, approval)));
    }

    private void successesAreRecorded(String moment, StoredCluster now) {
        now.operations().forEach((id, operation) -> {
            if (!endedBefore.contains(id)
                    && StoredCluster.member(operation, "state").equals(Optional.of("succeeded"))) {
                StoredCluster.member(operation, "state_cas_after")
                        .filter(cas -> !knows(now, cas))
                        .ifPresent(cas -> violated(
                                moment, "operation " + id + " succeeded with ledger " + cas + ", which is nowhere"));
            }
        });
    }

    private static boolean knows(StoredCluster now, String cas) {
        return now.cas().equals(Optional.of(cas))
                || now.history().stream().anyMatch(kept -> kept.endsWith(cas.substring("sha256:".length())));
    }
}
