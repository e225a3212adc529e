package dev.omnigraph.controlplane.fault;

import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.storage.ObjectKey;
import java.util.List;

/** What a store is asked to change, by the kind of document, with the points that stand around it. */
enum StoreEffect {
    LOCK_WRITE(FaultPoint.CLUSTER_STORE_BEFORE_LOCK_WRITE, FaultPoint.CLUSTER_STORE_AFTER_LOCK_WRITE),
    LOCK_DELETE(FaultPoint.CLUSTER_STORE_BEFORE_LOCK_DELETE, FaultPoint.CLUSTER_STORE_AFTER_LOCK_DELETE),
    STATE_WRITE(FaultPoint.CLUSTER_STORE_BEFORE_STATE_WRITE, FaultPoint.CLUSTER_STORE_AFTER_STATE_WRITE),
    HISTORY_WRITE(FaultPoint.CLUSTER_STORE_BEFORE_HISTORY_WRITE, FaultPoint.CLUSTER_STORE_AFTER_HISTORY_WRITE),
    SIDECAR_WRITE(FaultPoint.CLUSTER_STORE_BEFORE_SIDECAR_WRITE, FaultPoint.CLUSTER_STORE_AFTER_SIDECAR_WRITE),
    SIDECAR_DELETE(FaultPoint.CLUSTER_STORE_BEFORE_SIDECAR_DELETE, FaultPoint.CLUSTER_STORE_AFTER_SIDECAR_DELETE),
    CATALOG_WRITE(FaultPoint.CLUSTER_STORE_BEFORE_CATALOG_WRITE, FaultPoint.CLUSTER_STORE_AFTER_CATALOG_WRITE),
    APPROVAL_WRITE(FaultPoint.CLUSTER_STORE_BEFORE_APPROVAL_WRITE, FaultPoint.CLUSTER_STORE_AFTER_APPROVAL_WRITE),
    APPROVAL_DELETE(FaultPoint.CLUSTER_STORE_BEFORE_APPROVAL_DELETE, FaultPoint.CLUSTER_STORE_AFTER_APPROVAL_DELETE),
    DECISION_WRITE(FaultPoint.CLUSTER_STORE_BEFORE_DECISION_WRITE, FaultPoint.CLUSTER_STORE_AFTER_DECISION_WRITE),
    RESERVATION_WRITE(
            FaultPoint.CLUSTER_STORE_BEFORE_RESERVATION_WRITE, FaultPoint.CLUSTER_STORE_AFTER_RESERVATION_WRITE),
    OPERATION_WRITE(FaultPoint.CLUSTER_STORE_BEFORE_OPERATION_WRITE, FaultPoint.CLUSTER_STORE_AFTER_OPERATION_WRITE),
    IDEMPOTENCY_WRITE(
            FaultPoint.CLUSTER_STORE_BEFORE_IDEMPOTENCY_WRITE, FaultPoint.CLUSTER_STORE_AFTER_IDEMPOTENCY_WRITE),
    FREEZE_WRITE(FaultPoint.CLUSTER_STORE_BEFORE_FREEZE_WRITE, FaultPoint.CLUSTER_STORE_AFTER_FREEZE_WRITE),
    FREEZE_DELETE(FaultPoint.CLUSTER_STORE_BEFORE_FREEZE_DELETE, FaultPoint.CLUSTER_STORE_AFTER_FREEZE_DELETE),
    GRAPH_FILE_WRITE(FaultPoint.CLUSTER_STORE_BEFORE_GRAPH_FILE_WRITE, FaultPoint.CLUSTER_STORE_AFTER_GRAPH_FILE_WRITE),
    GRAPH_FILE_DELETE(
            FaultPoint.CLUSTER_STORE_BEFORE_GRAPH_FILE_DELETE, FaultPoint.CLUSTER_STORE_AFTER_GRAPH_FILE_DELETE),
    SIGN_WRITE(FaultPoint.CLUSTER_STORE_BEFORE_SIGN_WRITE, FaultPoint.CLUSTER_STORE_AFTER_SIGN_WRITE),
    DOCUMENT_WRITE(FaultPoint.CLUSTER_STORE_BEFORE_DOCUMENT_WRITE, FaultPoint.CLUSTER_STORE_AFTER_DOCUMENT_WRITE),
    DOCUMENT_DELETE(FaultPoint.CLUSTER_STORE_BEFORE_DOCUMENT_DELETE, FaultPoint.CLUSTER_STORE_AFTER_DOCUMENT_DELETE),
    GRAPH_MOVE(FaultPoint.CLUSTER_STORE_BEFORE_GRAPH_MOVE, FaultPoint.CLUSTER_STORE_AFTER_GRAPH_MOVE),
    TREE_REMOVAL(FaultPoint.CLUSTER_STORE_BEFORE_TREE_REMOVAL, FaultPoint.CLUSTER_STORE_AFTER_TREE_REMOVAL);

    private static final List<Place> PLACES = List.of(
            new Place(ControlKeys.LOCK, LOCK_WRITE, LOCK_DELETE),
            new Place(ControlKeys.STATE, STATE_WRITE, DOCUMENT_DELETE),
            new Place(ControlKeys.HISTORY, HISTORY_WRITE, DOCUMENT_DELETE),
            new Place(ControlKeys.RECOVERIES, SIDECAR_WRITE, SIDECAR_DELETE),
            new Place(ControlKeys.RESOURCES, CATALOG_WRITE, DOCUMENT_DELETE),
            new Place(ControlKeys.APPROVALS, APPROVAL_WRITE, APPROVAL_DELETE),
            new Place(ControlKeys.DECISIONS, DECISION_WRITE, DOCUMENT_DELETE),
            new Place(ControlKeys.RESERVATIONS, RESERVATION_WRITE, DOCUMENT_DELETE),
            new Place(ControlKeys.OPERATIONS, OPERATION_WRITE, DOCUMENT_DELETE),
            new Place(ControlKeys.IDEMPOTENCY, IDEMPOTENCY_WRITE, DOCUMENT_DELETE),
            new Place(ControlKeys.INSTANCES, SIGN_WRITE, DOCUMENT_DELETE),
            new Place(ControlKeys.FREEZE, FREEZE_WRITE, FREEZE_DELETE),
            new Place(ControlKeys.GRAPHS, GRAPH_FILE_WRITE, GRAPH_FILE_DELETE));

    private static final Place ELSEWHERE = new Place(ObjectKey.ROOT, DOCUMENT_WRITE, DOCUMENT_DELETE);

    private final FaultPoint before;
    private final FaultPoint after;

    StoreEffect(FaultPoint before, FaultPoint after) {
        this.before = before;
        this.after = after;
    }

    FaultPoint before() {
        return before;
    }

    FaultPoint after() {
        return after;
    }

    static StoreEffect writing(ObjectKey key) {
        return placeOf(key).write;
    }

    static StoreEffect deleting(ObjectKey key) {
        return placeOf(key).delete;
    }

    private static Place placeOf(ObjectKey key) {
        return PLACES.stream().filter(place -> place.holds(key)).findFirst().orElse(ELSEWHERE);
    }

    /** Where documents of one kind lie. Kinds of which none is ever deleted count as others then. */
    private record Place(ObjectKey key, StoreEffect write, StoreEffect delete) {

        boolean holds(ObjectKey other) {
            return other.equals(key) || other.path().startsWith(key.path() + "/");
        }
    }
}
