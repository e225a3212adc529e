package dev.omnigraph.controlplane.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The places at durable effects where a run can be stopped. The names are a contract: recordings and operators use them.
 *
 * <p>Points whose name begins {@code before_} stand in front of one operation and count as a failure of that operation;
 * points that begin {@code after_} end the command, as a crash would.
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
    /** {@code _schema.pg} is claimed; nothing else of the graph is stored. */
    INIT_AFTER_SCHEMA_PG_WRITTEN("init.after_schema_pg_written"),
    /** The three schema files are stored; no dataset is. */
    INIT_AFTER_SCHEMA_CONTRACT_WRITTEN("init.after_schema_contract_written"),
    /** Every table is stored; the manifest is not. */
    INIT_AFTER_TABLES_WRITTEN("init.after_tables_written"),
    /** The manifest holds its rows; configuration and stamp are missing. */
    INIT_AFTER_MANIFEST_ROWS_WRITTEN("init.after_manifest_rows_written"),
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
    /** What a recovery did is published; its audit row is not written. */
    RECOVERY_RECORD_AUDIT("recovery.record_audit"),
    /** The discarding of a write on a branch that is gone is published; its audit row is not written. */
    RECOVERY_ORPHAN_DISCARD_AUDIT_APPEND("recovery.orphan_discard_audit_append");

    private final String wire;

    FaultPoint(String wire) {
        this.wire = wire;
    }

    /** The name used in settings and diagnostics. */
    public String wire() {
        return wire;
    }

    /** The point of that name, if there is one. */
    public static Optional<FaultPoint> named(String name) {
        return Arrays.stream(values())
                .filter(point -> point.wire.equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
