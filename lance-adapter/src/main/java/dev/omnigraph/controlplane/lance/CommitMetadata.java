package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.json.TypedObject;
import java.util.Optional;
import java.util.Set;

/**
 * Where a commit comes from (graph-format.md 3.3).
 *
 * @param parent empty for the first commit of a graph
 * @param mergedParent the commit of another branch that was merged
 * @param createdAt in microseconds since the epoch
 */
record CommitMetadata(Optional<String> parent, Optional<String> mergedParent, Optional<String> actor, long createdAt) {

    private static final String PARENT = "parent_commit_id";
    private static final String MERGED_PARENT = "merged_parent_commit_id";
    private static final String ACTOR = "actor_id";
    private static final String CREATED_AT = "created_at";
    private static final Set<String> KEYS = Set.of(PARENT, MERGED_PARENT, ACTOR, CREATED_AT);

    /** Of the first commit of a graph: nobody's, and after nothing. */
    static CommitMetadata genesis(long createdAt) {
        return new CommitMetadata(Optional.empty(), Optional.empty(), Optional.empty(), createdAt);
    }

    static CommitMetadata of(JsonValue json) throws JsonShapeException {
        TypedObject object = TypedObject.open(json, "", KEYS);
        return new CommitMetadata(
                object.optionalString(PARENT),
                object.optionalString(MERGED_PARENT),
                object.optionalString(ACTOR),
                object.requireUnsigned(CREATED_AT));
    }

    /** The form that is stored: absent values are left out. */
    String toJson() {
        return JsonText.compact(JsonObject.builder()
                .putIfPresent(PARENT, parent)
                .putIfPresent(MERGED_PARENT, mergedParent)
                .putIfPresent(ACTOR, actor)
                .put(CREATED_AT, createdAt)
                .build());
    }
}
