package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.storage.ObjectKey;

/** Where each stored document lies below the storage root (control-plane.md 2.15, control-area.md). */
public final class ControlKeys {

    /** The area that the engine's own tool knows too. */
    public static final ObjectKey CLUSTER = new ObjectKey("__cluster");

    public static final ObjectKey STATE = new ObjectKey("__cluster/state.json");
    public static final ObjectKey LOCK = new ObjectKey("__cluster/lock.json");
    public static final ObjectKey RECOVERIES = new ObjectKey("__cluster/recoveries");
    public static final ObjectKey APPROVALS = new ObjectKey("__cluster/approvals");
    public static final ObjectKey RESOURCES = new ObjectKey("__cluster/resources");
    public static final ObjectKey GRAPHS = new ObjectKey("graphs");
    /** The area that only this service knows. */
    public static final ObjectKey CONTROL = new ObjectKey("__control");
    /** Ledger documents that were replaced. */
    public static final ObjectKey HISTORY = CONTROL.child("history");
    /** What only this service knows of approvals. */
    public static final ObjectKey DECISIONS = CONTROL.child("approvals");
    /** Which operation may use an approval, or that none may. */
    public static final ObjectKey RESERVATIONS = CONTROL.child("consumed");
    /** Records of accepted work. */
    public static final ObjectKey OPERATIONS = CONTROL.child("operations");
    /** Requests that may be repeated. */
    public static final ObjectKey IDEMPOTENCY = CONTROL.child("idempotency");
    /** Signs of life of the processes that work on the cluster. */
    public static final ObjectKey INSTANCES = CONTROL.child("instance");
    /** That nothing may be changed. */
    public static final ObjectKey FREEZE = CONTROL.child("freeze.json");
    /** Graph roots on their way out. */
    public static final ObjectKey TRASH = CONTROL.child("trash");

    /** Recovery records that an admin set aside. */
    public static final ObjectKey QUARANTINE = CONTROL.child("quarantine");
    /** Journals of what is cleaned up after a migration. */
    public static final ObjectKey CLEANUP = CONTROL.child("cleanup");

    private ControlKeys() {}

    public static ObjectKey sidecar(String operationId) {
        return RECOVERIES.child(operationId + ".json");
    }

    public static ObjectKey approval(String approvalId) {
        return APPROVALS.child(approvalId + ".json");
    }

    /** Where the root of a graph lies that the delete with this sidecar has moved aside. */
    public static ObjectKey trash(String operationId, String graph) {
        return trash(operationId).child(graph + ".omni");
    }

    /** Everything that the operation with this sidecar has moved aside. */
    public static ObjectKey trash(String operationId) {
        return TRASH.child(operationId);
    }

    /** Where a recovery record lies that an admin has set aside. */
    public static ObjectKey quarantine(String name) {
        return QUARANTINE.child(name);
    }

    /** The catalog copy of a query's file. */
    public static ObjectKey blob(ResourceAddress.Query query, String digest) {
        return RESOURCES.child("query/" + query.graph() + "/" + query.name() + "/" + digest + ".gq");
    }

    /** The catalog copy of a policy's file. */
    public static ObjectKey blob(ResourceAddress.Policy policy, String digest) {
        return RESOURCES.child("policy/" + policy.name() + "/" + digest + ".yaml");
    }

    /**
     * The copy of a ledger document that was replaced.
     *
     * @param revision as a decimal number
     * @param documentDigest the bare SHA-256 of the document
     */
    public static ObjectKey history(String revision, String documentDigest) {
        return HISTORY.child(revision + "-" + documentDigest + ".json");
    }
}
