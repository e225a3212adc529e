package dev.omnigraph.controlplane.diagnostic;

import java.util.Locale;

/**
 * Every finding this service can report: the recorded codes of control-plane.md 7.10 and the ones of its own. A code says
 * how grave it usually is, which HTTP status a request is answered with when the finding decides it, and what a person
 * does next.
 */
public enum DiagnosticCode {
    CONFIG_DIR_NOT_FOUND(
            Severity.ERROR,
            422,
            "Start the service with control-plane.config-dir naming the folder that holds cluster.yaml."),
    CLUSTER_CONFIG_READ_ERROR(Severity.ERROR, 422, "Put a readable UTF-8 cluster.yaml into the configuration folder."),
    DUPLICATE_YAML_KEY(Severity.ERROR, 422, "Keep one of the two keys."),
    FUTURE_PHASE_FIELD(Severity.ERROR, 422, "Remove the key; it is reserved for a later version."),
    INVALID_CLUSTER_YAML(Severity.ERROR, 422, "Correct cluster.yaml at the place the message names."),
    UNSUPPORTED_CLUSTER_CONFIG_VERSION(Severity.ERROR, 422, "Write version: 1."),
    EMPTY_METADATA_NAME(Severity.ERROR, 422, "Give metadata.name a value or leave it out."),
    UNSUPPORTED_STATE_BACKEND(Severity.ERROR, 422, "Leave state.backend out or write: cluster."),
    INVALID_STORAGE_ROOT(Severity.ERROR, 422, "Write an absolute path or s3://bucket/prefix."),
    STORAGE_ROOT_INVALID(Severity.ERROR, 422, "Check the storage location and the credentials of the service."),
    STORAGE_ROOT_MISMATCH(
            Severity.ERROR,
            422,
            "Remove storage from the configuration, or make it equal to the setting control-plane.storage."),
    GRAPH_STORAGE_UNSUPPORTED(Severity.ERROR, 422, "Store a cluster that has graphs in a folder."),
    PATH_OUTSIDE_CONFIG(
            Severity.ERROR,
            422,
            "Move the file into the configuration folder, or allow outside sources by the setting control-plane.sources.allow-outside."),
    INVALID_RESOURCE_ID(
            Severity.ERROR,
            422,
            "Start with a letter or underscore; go on with ASCII letters, digits, underscores and hyphens."),
    INVALID_EMBEDDING_PROVIDER(Severity.ERROR, 422, "Use openai-compatible, openai, gemini or mock."),
    EMBEDDING_API_KEY_INLINE(Severity.ERROR, 422, "Write a reference such as ${EMBED_KEY}; never the key itself."),
    EMBEDDING_API_KEY_REQUIRED(Severity.ERROR, 422, "Add api_key with a reference such as ${EMBED_KEY}."),
    DANGLING_EMBEDDING_PROVIDER_REFERENCE(
            Severity.ERROR, 422, "Declare the provider under providers.embedding, or name one that is declared."),
    WRONG_KIND_REFERENCE(Severity.ERROR, 422, "Refer to a resource of the kind this field takes."),
    DANGLING_GRAPH_REFERENCE(Severity.ERROR, 422, "Declare the graph under graphs, or name one that is declared."),
    POLICY_MISSING_APPLIES_TO(Severity.ERROR, 422, "Name at least one graph, or cluster."),
    POLICY_FILE_MISSING(Severity.ERROR, 422, "Put the policy file where the configuration names it."),
    POLICY_INVALID(Severity.ERROR, 422, "Correct the policy file at the place the message names."),
    SERVING_POLICY_CONFLICT(
            Severity.WARNING,
            422,
            "Merge the bundles, or bind each to another graph: a server takes one for each scope."),
    SERVING_POLICY_SCOPE(
            Severity.WARNING,
            422,
            "Split the bundle: the rules on graph_list for the cluster, all others for the graph."),
    SERVING_POLICY_UNKNOWN_KEY(
            Severity.WARNING, 422, "Correct or remove the keys; look what the rules grant without them."),
    SERVING_GRAPH_ID(
            Severity.WARNING,
            422,
            "Give the graph an id of up to 64 ASCII letters, digits and hyphens before anything is stored in it."),
    SCHEMA_FILE_MISSING(Severity.ERROR, 422, "Put a UTF-8 schema file where the configuration names it."),
    SCHEMA_PARSE_ERROR(Severity.ERROR, 422, "Correct the schema at the place the message names."),
    SCHEMA_CATALOG_ERROR(Severity.ERROR, 422, "Correct the types that the message names."),
    QUERY_DIR_UNREADABLE(Severity.ERROR, 422, "Make the query folder readable for the service."),
    QUERY_DIR_EMPTY(Severity.WARNING, 422, "Add .gq files, or remove the entry."),
    QUERY_FILE_MISSING(Severity.ERROR, 422, "Put a UTF-8 query file where the configuration names it."),
    QUERY_PARSE_ERROR(Severity.ERROR, 422, "Correct the query at the place the message names."),
    DUPLICATE_QUERY_NAME(Severity.ERROR, 422, "Rename one of the two queries."),
    QUERY_KEY_MISMATCH(Severity.ERROR, 422, "Make the key equal to the name that the file declares."),
    QUERY_TYPECHECK_ERROR(Severity.ERROR, 422, "Correct the query, or the schema it is checked against."),
    QUERY_TYPECHECK_SKIPPED(Severity.WARNING, 422, "Correct the schema first; the query is checked then."),
    STATE_LOCK_DISABLED(
            Severity.WARNING, 200, "Remove state.lock: false, so that the engine's own tool takes the lock too."),
    STATE_LOCK_HELD(
            Severity.ERROR, 409, "Wait for the holder to finish; if it is dead, force-unlock with the exact lock id."),
    STATE_LOCK_ERROR(Severity.ERROR, 503, "Check that the service may write below the storage root, then try again."),
    STATE_LOCK_NOT_RELEASED(
            Severity.WARNING,
            200,
            "Nothing, where this instance runs on: its next command takes the lock back, and so does its next start. Where"
                    + " it is gone for good, force-unlock with the lock id that is shown."),
    INVALID_STATE_LOCK(
            Severity.ERROR, 409, "Look at the lock document; remove it by hand only when no command is running."),
    UNSUPPORTED_STATE_LOCK_VERSION(Severity.ERROR, 409, "Use the tool version that wrote the lock."),
    STATE_LOCK_READ_ERROR(Severity.ERROR, 503, "Make the lock document readable for the service."),
    STATE_LOCK_MISSING(Severity.ERROR, 409, "Nothing to do: no lock is held."),
    STATE_LOCK_ID_MISMATCH(Severity.ERROR, 409, "Repeat with the lock id that is shown."),
    STATE_READ_ERROR(Severity.ERROR, 503, "Make the ledger readable for the service."),
    INVALID_STATE_JSON(Severity.ERROR, 409, "Restore the ledger from history or a backup, or remove it and import."),
    UNSUPPORTED_STATE_VERSION(Severity.ERROR, 409, "Use the version of the service that wrote the ledger."),
    STATE_MISSING(Severity.ERROR, 409, "Run import first: it creates the ledger from what it finds."),
    STATE_ALREADY_EXISTS(Severity.ERROR, 409, "Nothing to do; use refresh to look at the live graphs again."),
    STATE_CAS_MISMATCH(Severity.ERROR, 409, "Run the command again: it starts from the ledger as it is now."),
    STATE_WRITE_ERROR(Severity.ERROR, 503, "Make the storage root writable, then run the command again."),
    CLUSTER_RECOVERY_PENDING(
            Severity.WARNING, 409, "Look at the recovery record; the graph stays blocked until it is resolved."),
    CLUSTER_RECOVERY_ROLLED_FORWARD(
            Severity.WARNING, 200, "Nothing to do: the ledger now records what the interrupted operation did."),
    GRAPH_CREATE_INCOMPLETE(
            Severity.ERROR,
            409,
            "Look at what is stored at the root of the graph; once it is removed or complete, apply again."),
    RECOVERY_SIDECAR_UNREADABLE(Severity.ERROR, 409, "Restore the recovery record, or have an admin set it aside."),
    RECOVERY_SIDECAR_FOREIGN(
            Severity.WARNING, 409, "The record names a graph outside this cluster; move it to where it belongs."),
    RECOVERY_SIDECAR_WRITE_ERROR(Severity.ERROR, 503, "Make the storage root writable, then run the command again."),
    RECOVERY_SIDECAR_CLEANUP_FAILED(
            Severity.WARNING, 503, "Nothing to do: the next command that changes things removes the recovery record."),
    GRAPH_CREATE_FAILED(Severity.ERROR, 409, "Read the message, correct the cause, and apply again."),
    GRAPH_CREATE_SKIPPED(Severity.WARNING, 409, "Correct the earlier failure and apply again."),
    SCHEMA_APPLY_FAILED(Severity.ERROR, 409, "Read the message, correct the cause, and apply again."),
    SCHEMA_APPLY_SKIPPED(Severity.WARNING, 409, "Correct the earlier failure and apply again."),
    SCHEMA_PREVIEW_UNAVAILABLE(
            Severity.WARNING, 409, "Resolve what the message names; the plan then shows what the migration does."),
    VERSION_CLEANUP_INCOMPLETE(
            Severity.WARNING, 409, "Correct what the message names; the next apply removes what is left."),
    GRAPH_MOVED(Severity.ERROR, 412, "Plan again, look at what it says now, and apply that plan."),
    RESOURCE_PAYLOAD_WRITE_ERROR(Severity.ERROR, 503, "Make the storage root writable, then apply again."),
    ACTOR_REQUIRED(Severity.ERROR, 422, "Repeat the request with a token that names who asks."),
    POLICY_DENIED(
            Severity.ERROR,
            403,
            "Have it done by someone whom the applied policy grants it, or apply a policy that grants it first."),
    APPROVAL_STALE(
            Severity.WARNING,
            409,
            "Look at what moved, then approve the change as it is now or revoke the old approval."),
    INVALID_APPROVAL_ARTIFACT(Severity.WARNING, 409, "Restore the file, or remove it: it authorises nothing."),
    UNSUPPORTED_APPROVAL_VERSION(Severity.WARNING, 409, "Use the version of the tool that wrote the approval."),
    APPROVAL_NOT_REQUIRED(
            Severity.ERROR, 409, "Plan again; approvals_required and approvals_possible name what can be approved."),
    APPROVAL_WRITE_ERROR(Severity.ERROR, 503, "Make the storage root writable, then decide again."),
    RECOVERY_NOT_FOUND(Severity.ERROR, 404, "List the pending recovery records with GET /recoveries."),
    RECOVERY_NOT_DISCARDABLE(
            Severity.ERROR, 409, "Look at GET /recoveries; remove by hand what is not proved to be ours."),
    RECOVERY_DISCARD_FAILED(
            Severity.ERROR, 503, "Look at what the message names, then discard again what is still listed."),
    APPROVAL_NOT_FOUND(Severity.ERROR, 404, "List the approvals with GET /approvals."),
    APPROVAL_IN_USE(Severity.ERROR, 409, "Wait for the operation that uses it; look at it again afterwards."),
    APPROVAL_CONSUMED(Severity.ERROR, 409, "Nothing to do: the approval was used and cannot be taken back."),
    RETENTION_INCOMPLETE(
            Severity.ERROR, 503, "Look at what the message names; the next run of retention goes on from there."),
    APPROVAL_IGNORED(
            Severity.WARNING,
            409,
            "Approve the change with this service, or set control-plane.approvals.accept-foreign to true."),
    SECOND_PERSON_REQUIRED(
            Severity.ERROR,
            403,
            "Have it applied by someone who is named and did not approve it, or approved by somebody else."),
    GRAPH_DELETE_FAILED(Severity.ERROR, 409, "Read the message, correct the cause, and apply again."),
    GRAPH_DELETE_SKIPPED(Severity.WARNING, 409, "Correct the earlier failure and apply again."),
    GRAPH_DELETE_INCOMPLETE(
            Severity.WARNING, 409, "Apply again: a delete that is still approved is finished, any other is given up."),
    APPLY_UNSUPPORTED_CHANGE(Severity.WARNING, 409, "The message says what to do instead."),
    APPLY_DEPENDENCY_BLOCKED(Severity.WARNING, 409, "Resolve what blocks the change, then apply again."),
    INJECTED_FAILPOINT(Severity.ERROR, 500, "Remove the fault point from the settings of the service."),
    CATALOG_PAYLOAD_MISSING(Severity.WARNING, 409, "Run refresh, then apply: the copy is published again."),
    CATALOG_PAYLOAD_MISMATCH(Severity.WARNING, 409, "Run refresh, then apply: the copy is published again."),
    CATALOG_PAYLOAD_READ_ERROR(Severity.ERROR, 503, "Make the catalog readable for the service."),
    GRAPH_OBSERVATION_ERROR(
            Severity.ERROR, 409, "Look at the observation of each graph that the ledger marks with an error."),
    GRAPH_MISSING(Severity.WARNING, 409, "Restore the graph root, or run refresh to accept the loss."),
    ALL_GRAPHS_MISSING(
            Severity.ERROR,
            409,
            "Check that the storage is mounted; if the graphs really are gone, refresh with accept_missing naming each."),
    STORAGE_UNAVAILABLE(
            Severity.ERROR, 503, "Try again when the storage answers; nothing was decided and nothing was written."),
    PLAN_CHANGED(Severity.ERROR, 412, "Plan again, look at what it says now, and apply that plan."),
    NO_CONFIGURATION(
            Severity.ERROR,
            409,
            "Store a configuration with POST /configurations and make it the head with PUT /configurations/head."),
    CLUSTER_FROZEN(Severity.ERROR, 409, "Wait until an admin ends the freeze with DELETE /freeze, then try again."),
    LOCK_HOLDER_ALIVE(
            Severity.ERROR,
            409,
            "Wait, or cancel what the holder does; to take the lock away all the same, repeat with \"holder_seen_alive\": true."),
    INSTANCE_TAKEN_OVER(
            Severity.ERROR,
            503,
            "Give each instance a control-plane.instance-id of its own; then send the command to one that runs."),
    OPERATION_INTERRUPTED(
            Severity.ERROR, 409, "Look at the status, then run the command again; it first sweeps what was left."),
    INTERNAL_ERROR(
            Severity.ERROR, 500, "Look into the service's log for the time of the request, and report what it says.");

    private final Severity severity;
    private final int httpStatus;
    private final String remedy;

    DiagnosticCode(Severity severity, int httpStatus, String remedy) {
        this.severity = severity;
        this.httpStatus = httpStatus;
        this.remedy = remedy;
    }

    /** The code as it stands in documents: {@code state_lock_held}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The usual severity; a command may report the finding with another. */
    public Severity severity() {
        return severity;
    }

    /** The status of an HTTP answer that this finding decides. */
    public int httpStatus() {
        return httpStatus;
    }

    /** What to do next, in one sentence. */
    public String remedy() {
        return remedy;
    }
}
