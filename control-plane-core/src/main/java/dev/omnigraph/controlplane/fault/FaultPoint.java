package dev.omnigraph.controlplane.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The places at durable effects where a run can be stopped. The names are a contract: recordings and operators use them.
 *
 * <p>Points whose name begins {@code before_} stand in front of one operation and count as a failure of that operation;
 * points that begin {@code after_} end the command, as a crash would. Points of {@code cluster_store} stand around each
 * change of a store, whichever command makes it; the others say how far a command or the graph engine is.
 */
public enum FaultPoint {
    /** The sidecar of a create is stored, nothing of the graph is. */
    CLUSTER_APPLY_BEFORE_GRAPH_CREATE("cluster_apply.before_graph_create"),
    /** The graph is created and its sidecar names the version; the ledger does not know yet. */
    CLUSTER_APPLY_AFTER_GRAPH_CREATE("cluster_apply.after_graph_create"),
    /** The graph is created; its sidecar does not name the version yet. */
    CLUSTER_APPLY_AFTER_GRAPH_INIT("cluster_apply.after_graph_init"),
    /** The sidecar of a schema apply is stored, the graph is as it was. */
    CLUSTER_APPLY_BEFORE_SCHEMA_APPLY("cluster_apply.before_schema_apply"),
    /** The graph has its new schema and the sidecar names the version; the ledger does not know yet. */
    CLUSTER_APPLY_AFTER_SCHEMA_APPLY("cluster_apply.after_schema_apply"),
    /** An approval is reserved for a sidecar that is not stored yet. */
    CLUSTER_APPLY_AFTER_APPROVAL_RESERVED("cluster_apply.after_approval_reserved"),
    /** An approval that was kept back is published; the sidecar that uses it is not stored yet. */
    CLUSTER_APPLY_AFTER_APPROVAL_PUBLISHED("cluster_apply.after_approval_published"),
    /** What hard drops are to remove has a journal; the sidecar of the migration is not stored yet. */
    CLUSTER_APPLY_AFTER_CLEANUP_ANNOUNCED("cluster_apply.after_cleanup_announced"),
    /** The journal names the versions that hard drops are to remove; no table has moved. */
    CLUSTER_APPLY_BEFORE_HARD_DROP("cluster_apply.before_hard_drop"),
    /** The sidecar of a delete is stored, the graph is as it was. */
    CLUSTER_APPLY_BEFORE_GRAPH_DELETE("cluster_apply.before_graph_delete"),
    /** The graph is moved aside; it is not compared yet, and nothing of it is removed. */
    CLUSTER_APPLY_AFTER_GRAPH_MOVED_ASIDE("cluster_apply.after_graph_moved_aside"),
    /** The graph is what was approved, which the operation record says; nothing of it is removed yet. */
    CLUSTER_APPLY_AFTER_REMOVAL_STARTED("cluster_apply.after_removal_started"),
    /** The manifest of the graph is removed, so that it opens no more; the rest is there. */
    CLUSTER_APPLY_AFTER_MANIFEST_REMOVED("cluster_apply.after_manifest_removed"),
    /** Nothing of the graph is left; the ledger does not know yet. */
    CLUSTER_APPLY_AFTER_GRAPH_DELETE("cluster_apply.after_graph_delete"),
    /** Every catalog blob is stored; the ledger does not know yet. */
    CLUSTER_APPLY_AFTER_PAYLOAD_PHASE("cluster_apply.after_payload_phase"),
    /** Everything but the ledger is stored. Counts as a failed write of the ledger. */
    CLUSTER_APPLY_BEFORE_STATE_WRITE("cluster_apply.before_state_write"),
    /** The ledger is stored; sidecars of finished operations are still there. */
    CLUSTER_APPLY_AFTER_STATE_WRITE("cluster_apply.after_state_write"),
    /** The ledger is stored and used approvals are marked; sidecars of finished operations are still there. */
    CLUSTER_APPLY_AFTER_APPROVALS_MARKED("cluster_apply.after_approvals_marked"),
    /** The former versions of a table that a hard drop removes are still there. Reached once for each table. */
    CLUSTER_APPLY_BEFORE_VERSION_CLEANUP("cluster_apply.before_version_cleanup"),
    /** They are gone; the journal still names them. Reached once for each table. */
    CLUSTER_APPLY_AFTER_VERSION_CLEANUP("cluster_apply.after_version_cleanup"),
    /** The journal is gone: nothing is left to be removed. */
    CLUSTER_APPLY_AFTER_CLEANUP_DONE("cluster_apply.after_cleanup_done"),
    /** A decision is recorded where only this service sees it; its artifact is not published. */
    CLUSTER_APPROVE_AFTER_RECORD("cluster_approve.after_record"),
    /** The artifact of an approval is published; nobody has been told. */
    CLUSTER_APPROVE_AFTER_ARTIFACT("cluster_approve.after_artifact"),
    /** A revoked approval can be used no more; neither its record nor its artifact says so. */
    CLUSTER_REVOKE_AFTER_RESERVATION("cluster_revoke.after_reservation"),
    /** The record says that an approval is revoked; its artifact does not. */
    CLUSTER_REVOKE_AFTER_RECORD("cluster_revoke.after_record"),
    /** What a delete had left aside is removed; the next thing that is due is still there. Reached once for each. */
    RETENTION_AFTER_TRASH_EMPTIED("retention.after_trash_emptied"),
    /** A document that was due is removed; the next one is still there. Reached once for each. */
    RETENTION_AFTER_REMOVAL("retention.after_removal"),
    /** A command is about to take the cluster's lock. */
    CLUSTER_STORE_BEFORE_LOCK_WRITE("cluster_store.before_lock_write"),
    /** The cluster's lock is taken; nothing else is done. */
    CLUSTER_STORE_AFTER_LOCK_WRITE("cluster_store.after_lock_write"),
    /** The lock is about to be given up, or taken away from its holder. */
    CLUSTER_STORE_BEFORE_LOCK_DELETE("cluster_store.before_lock_delete"),
    /** The lock is gone; nobody has been told. */
    CLUSTER_STORE_AFTER_LOCK_DELETE("cluster_store.after_lock_delete"),
    /** The ledger is about to be written. */
    CLUSTER_STORE_BEFORE_STATE_WRITE("cluster_store.before_state_write"),
    /** The ledger is written; nobody has been told. */
    CLUSTER_STORE_AFTER_STATE_WRITE("cluster_store.after_state_write"),
    /** The ledger that was read is about to be kept in history. */
    CLUSTER_STORE_BEFORE_HISTORY_WRITE("cluster_store.before_history_write"),
    /** The ledger that was read is in history; its successor is not written. */
    CLUSTER_STORE_AFTER_HISTORY_WRITE("cluster_store.after_history_write"),
    /** A recovery sidecar is about to be stored, or to name a version or an approval. */
    CLUSTER_STORE_BEFORE_SIDECAR_WRITE("cluster_store.before_sidecar_write"),
    /** A recovery sidecar is stored; what it intends is not begun, or is done already where it names a version. */
    CLUSTER_STORE_AFTER_SIDECAR_WRITE("cluster_store.after_sidecar_write"),
    /** A recovery sidecar is about to be retired. */
    CLUSTER_STORE_BEFORE_SIDECAR_DELETE("cluster_store.before_sidecar_delete"),
    /** A recovery sidecar is retired; others may be there still. */
    CLUSTER_STORE_AFTER_SIDECAR_DELETE("cluster_store.after_sidecar_delete"),
    /** A catalog copy is about to be published. */
    CLUSTER_STORE_BEFORE_CATALOG_WRITE("cluster_store.before_catalog_write"),
    /** A catalog copy is published; the ledger does not name it yet. */
    CLUSTER_STORE_AFTER_CATALOG_WRITE("cluster_store.after_catalog_write"),
    /** The artifact of an approval is about to be published, or marked. */
    CLUSTER_STORE_BEFORE_APPROVAL_WRITE("cluster_store.before_approval_write"),
    /** The artifact of an approval is published, or marked; nobody has been told. */
    CLUSTER_STORE_AFTER_APPROVAL_WRITE("cluster_store.after_approval_write"),
    /** The artifact of an approval that nobody uses is about to be taken back. */
    CLUSTER_STORE_BEFORE_APPROVAL_DELETE("cluster_store.before_approval_delete"),
    /** The artifact of an approval that nobody uses is taken back. */
    CLUSTER_STORE_AFTER_APPROVAL_DELETE("cluster_store.after_approval_delete"),
    /** The record of a decision is about to be stored, or to say that it is revoked. */
    CLUSTER_STORE_BEFORE_DECISION_WRITE("cluster_store.before_decision_write"),
    /** The record of a decision is stored; its artifact does not say the same yet. */
    CLUSTER_STORE_AFTER_DECISION_WRITE("cluster_store.after_decision_write"),
    /** An approval is about to be reserved, for a sidecar or as revoked. */
    CLUSTER_STORE_BEFORE_RESERVATION_WRITE("cluster_store.before_reservation_write"),
    /** An approval is reserved; nothing else says so. */
    CLUSTER_STORE_AFTER_RESERVATION_WRITE("cluster_store.after_reservation_write"),
    /** An operation record is about to make a transition, or to note something. */
    CLUSTER_STORE_BEFORE_OPERATION_WRITE("cluster_store.before_operation_write"),
    /** An operation record has made a transition or noted something; what it announces is not done. */
    CLUSTER_STORE_AFTER_OPERATION_WRITE("cluster_store.after_operation_write"),
    /** A request is about to be claimed under its key, or its answer kept. */
    CLUSTER_STORE_BEFORE_IDEMPOTENCY_WRITE("cluster_store.before_idempotency_write"),
    /** A request is claimed under its key, or its answer kept. */
    CLUSTER_STORE_AFTER_IDEMPOTENCY_WRITE("cluster_store.after_idempotency_write"),
    /** The cluster is about to be frozen. */
    CLUSTER_STORE_BEFORE_FREEZE_WRITE("cluster_store.before_freeze_write"),
    /** The cluster is frozen; nobody has been told. */
    CLUSTER_STORE_AFTER_FREEZE_WRITE("cluster_store.after_freeze_write"),
    /** A freeze is about to end. */
    CLUSTER_STORE_BEFORE_FREEZE_DELETE("cluster_store.before_freeze_delete"),
    /** A freeze has ended; nobody has been told. */
    CLUSTER_STORE_AFTER_FREEZE_DELETE("cluster_store.after_freeze_delete"),
    /** A text file of a graph is about to be written. */
    CLUSTER_STORE_BEFORE_GRAPH_FILE_WRITE("cluster_store.before_graph_file_write"),
    /** A text file of a graph is written; what depends on it is not. */
    CLUSTER_STORE_AFTER_GRAPH_FILE_WRITE("cluster_store.after_graph_file_write"),
    /** A text file of a graph is about to be removed. */
    CLUSTER_STORE_BEFORE_GRAPH_FILE_DELETE("cluster_store.before_graph_file_delete"),
    /** A text file of a graph is removed. */
    CLUSTER_STORE_AFTER_GRAPH_FILE_DELETE("cluster_store.after_graph_file_delete"),
    /** A sign of life is about to be stored: that a process is there, which lock it wants, or how far it is. */
    CLUSTER_STORE_BEFORE_SIGN_WRITE("cluster_store.before_sign_write"),
    /** A sign of life is stored. */
    CLUSTER_STORE_AFTER_SIGN_WRITE("cluster_store.after_sign_write"),
    /** A document of another kind below {@code __control/} is about to be written. */
    CLUSTER_STORE_BEFORE_DOCUMENT_WRITE("cluster_store.before_document_write"),
    /** A document of another kind below {@code __control/} is written. */
    CLUSTER_STORE_AFTER_DOCUMENT_WRITE("cluster_store.after_document_write"),
    /** A document of another kind below {@code __control/} is about to be removed. */
    CLUSTER_STORE_BEFORE_DOCUMENT_DELETE("cluster_store.before_document_delete"),
    /** A document of another kind below {@code __control/} is removed. */
    CLUSTER_STORE_AFTER_DOCUMENT_DELETE("cluster_store.after_document_delete"),
    /** The root of a graph is about to be moved aside, or back. */
    CLUSTER_STORE_BEFORE_GRAPH_MOVE("cluster_store.before_graph_move"),
    /** The root of a graph is moved aside, or back; nobody has been told. */
    CLUSTER_STORE_AFTER_GRAPH_MOVE("cluster_store.after_graph_move"),
    /** What lies below a prefix is about to be removed. */
    CLUSTER_STORE_BEFORE_TREE_REMOVAL("cluster_store.before_tree_removal"),
    /** What lay below a prefix is removed, or as much as one call removes. */
    CLUSTER_STORE_AFTER_TREE_REMOVAL("cluster_store.after_tree_removal"),
    /** {@code _schema.pg} is claimed; nothing else of the graph is stored. */
    INIT_AFTER_SCHEMA_PG_WRITTEN("init.after_schema_pg_written"),
    /** The three schema files are stored; no dataset is. */
    INIT_AFTER_SCHEMA_CONTRACT_WRITTEN("init.after_schema_contract_written"),
    /** One more table of a new graph is stored. Reached once for each. */
    INIT_AFTER_TABLE_WRITTEN("init.after_table_written"),
    /** Every table is stored; the manifest is not. */
    INIT_AFTER_TABLES_WRITTEN("init.after_tables_written"),
    /** The manifest holds its rows; configuration and stamp are missing. */
    INIT_AFTER_MANIFEST_ROWS_WRITTEN("init.after_manifest_rows_written"),
    /** The manifest holds its rows and its configuration; the stamp is missing. */
    INIT_AFTER_MANIFEST_CONFIG_WRITTEN("init.after_manifest_config_written"),
    /** The manifest is complete; that it reaches the disk is not waited for yet. */
    INIT_AFTER_MANIFEST_STAMP_WRITTEN("init.after_manifest_stamp_written"),
    /** The graph is complete and has been read back. */
    INIT_AFTER_COORDINATOR_INIT("init.after_coordinator_init"),
    /** The lock branch is there; nothing of the graph has moved. */
    SCHEMA_APPLY_AFTER_LOCK("schema_apply.after_lock"),
    /** The sidecar of a schema apply is stored; no table has moved. */
    SCHEMA_APPLY_AFTER_SIDECAR_WRITE("schema_apply.after_sidecar_write"),
    /** The rows of a table are in data files, and no version of it has them. Reached once for each that is rewritten. */
    SCHEMA_APPLY_BEFORE_TABLE_COMMIT("schema_apply.before_table_commit"),
    /** One more table of a schema apply is written. Reached once for each. */
    SCHEMA_APPLY_AFTER_TABLE_WRITE("schema_apply.after_table_write"),
    /** Every table is written; no schema file is staged. */
    SCHEMA_APPLY_BEFORE_STAGING_WRITE("schema_apply.before_staging_write"),
    /** One more schema file is staged. Reached once for each. */
    SCHEMA_APPLY_AFTER_STAGED_FILE("schema_apply.after_staged_file"),
    /** The three schema files are staged; the manifest does not show the migration. */
    SCHEMA_APPLY_AFTER_STAGING_WRITE("schema_apply.after_staging_write"),
    /** The manifest shows the migration; the schema files are still the old ones. */
    SCHEMA_APPLY_AFTER_MANIFEST_COMMIT("schema_apply.after_manifest_commit"),
    /** A staged schema file has its place, and is still staged too. Reached once for each. */
    SCHEMA_APPLY_AFTER_PROMOTED_FILE("schema_apply.after_promoted_file"),
    /** The migration is complete; its sidecar and the lock branch are still there. */
    SCHEMA_APPLY_AFTER_PROMOTION("schema_apply.after_promotion"),
    /** The sidecar is gone; the lock branch is still there. */
    SCHEMA_APPLY_AFTER_SIDECAR_DELETE("schema_apply.after_sidecar_delete"),
    /** The lock branch is gone; the operation record does not say so yet. */
    SCHEMA_APPLY_AFTER_UNLOCK("schema_apply.after_unlock"),
    /** The rows of a publish are ready; nothing of it is stored. */
    GRAPH_PUBLISH_BEFORE_COMMIT_APPEND("graph_publish.before_commit_append"),
    /** The manifest shows what was published. */
    GRAPH_PUBLISH_AFTER_MANIFEST_COMMIT("graph_publish.after_manifest_commit"),
    /** The sidecars of a graph are about to be listed. */
    RECOVERY_SIDECAR_LIST("recovery.sidecar_list"),
    /** The sidecar of a write is about to be stored. */
    RECOVERY_SIDECAR_WRITE("recovery.sidecar_write"),
    /** The sidecar of a write is about to be removed. */
    RECOVERY_SIDECAR_DELETE("recovery.sidecar_delete"),
    /** An interrupted write is complete and about to be published. */
    RECOVERY_BEFORE_ROLL_FORWARD_PUBLISH("recovery.before_roll_forward_publish"),
    /** A table of an interrupted write has its published content back; nothing shows it. Reached once for each. */
    RECOVERY_AFTER_TABLE_RESTORED("recovery.after_table_restored"),
    /** What a recovery did is published; its audit row is not written. */
    RECOVERY_RECORD_AUDIT("recovery.record_audit"),
    /** The audit row of a recovery is written; the sidecar of the write is still there. */
    RECOVERY_AFTER_AUDIT("recovery.after_audit"),
    /** The discarding of a write on a branch that is gone is published; its audit row is not written. */
    RECOVERY_ORPHAN_DISCARD_AUDIT_APPEND("recovery.orphan_discard_audit_append"),
    /** The lock branch of a dead apply is removed by a recovery; the operation record does not say so yet. */
    RECOVERY_AFTER_UNLOCK("recovery.after_unlock");

    private static final String AFTER = ".after_";

    private final String wire;

    FaultPoint(String wire) {
        this.wire = wire;
    }

    /** The name used in settings and diagnostics. */
    public String wire() {
        return wire;
    }

    /** Whether an effect comes right before this point, whose answer can be lost here. */
    public boolean followsEffect() {
        return wire.contains(AFTER);
    }

    /** The point of that name, if there is one. */
    public static Optional<FaultPoint> named(String name) {
        return Arrays.stream(values())
                .filter(point -> point.wire.equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
