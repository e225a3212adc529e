package dev.omnigraph.controlplane.lance;

import java.util.Optional;

/**
 * The commit that a publish is to record (graph-format.md 3.7). Its parent is found when it is published.
 *
 * @param id a new ULID
 * @param branch of the graph; empty for main
 * @param mergedParent the commit of another branch that is merged
 */
record CommitIntent(String id, Optional<String> branch, Optional<String> actor, Optional<String> mergedParent) {

    static CommitIntent onMain(String id, Optional<String> actor) {
        return new CommitIntent(id, Optional.empty(), actor, Optional.empty());
    }
}
