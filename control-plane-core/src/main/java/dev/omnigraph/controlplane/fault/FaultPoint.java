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
    /** Every catalog blob is stored; the ledger does not know yet. */
    CLUSTER_APPLY_AFTER_PAYLOAD_PHASE("cluster_apply.after_payload_phase"),
    /** Everything but the ledger is stored. Counts as a failed write of the ledger. */
    CLUSTER_APPLY_BEFORE_STATE_WRITE("cluster_apply.before_state_write"),
    /** The ledger is stored; sidecars of finished operations are still there. */
    CLUSTER_APPLY_AFTER_STATE_WRITE("cluster_apply.after_state_write"),
    /** {@code _schema.pg} is claimed; nothing else of the graph is stored. */
    INIT_AFTER_SCHEMA_PG_WRITTEN("init.after_schema_pg_written"),
    /** The three schema files are stored; no dataset is. */
    INIT_AFTER_SCHEMA_CONTRACT_WRITTEN("init.after_schema_contract_written"),
    /** Every table is stored; the manifest is not. */
    INIT_AFTER_TABLES_WRITTEN("init.after_tables_written"),
    /** The manifest holds its rows; configuration and stamp are missing. */
    INIT_AFTER_MANIFEST_ROWS_WRITTEN("init.after_manifest_rows_written"),
    /** The graph is complete and has been read back. */
    INIT_AFTER_COORDINATOR_INIT("init.after_coordinator_init");

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
