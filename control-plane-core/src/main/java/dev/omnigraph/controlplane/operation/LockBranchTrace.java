package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.graph.SchemaLock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What an operation noted of a lock branch on a graph, so that a branch which outlives its operation can be told from
 * one that somebody else made.
 *
 * @param manifestVersion the version of the graph's manifest that it was made from
 * @param notedAt when it was announced, before it was made; of a branch found, when it was removed
 * @param createdAt to the second, as the branch itself says; empty until it was there
 * @param gone whether it was removed again
 */
public record LockBranchTrace(
        String graph, long manifestVersion, Instant notedAt, Optional<Instant> createdAt, boolean gone) {

    static LockBranchTrace announced(String graph, long manifestVersion, Instant now) {
        return new LockBranchTrace(graph, manifestVersion, now, Optional.empty(), false);
    }

    static LockBranchTrace removed(String graph, SchemaLock branch, Instant now) {
        return new LockBranchTrace(graph, branch.manifestVersion(), now, Optional.of(branch.createdAt()), true);
    }

    LockBranchTrace made(SchemaLock branch) {
        return new LockBranchTrace(graph, manifestVersion, notedAt, Optional.of(branch.createdAt()), gone);
    }

    LockBranchTrace removed() {
        return new LockBranchTrace(graph, manifestVersion, notedAt, createdAt, true);
    }

    /** Whether this is about a branch on that graph at that version, this one or an earlier or later one. */
    boolean concerns(String otherGraph, SchemaLock branch) {
        return graph.equals(otherGraph) && manifestVersion == branch.manifestVersion();
    }

    /**
     * Whether a branch that was found is this one. Where the operation died before it could note the time of creation,
     * the branch only must not be older than the announcement.
     */
    boolean isStillThere(SchemaLock branch) {
        return !gone
                && createdAt
                        .map(branch.createdAt()::equals)
                        .orElse(!branch.createdAt().isBefore(notedAt.truncatedTo(ChronoUnit.SECONDS)));
    }
}
