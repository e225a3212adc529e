package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.graph.SchemaLock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an operation did so far, as far as a later reader needs it to know what may be half done.
 *
 * @param progress the last progress that was stored
 * @param stateCasBefore the ledger's token as the command read it
 * @param stateCasAfter the ledger's token as the command left it
 * @param sidecars ids of the recovery records it announced, each stored here before it was written
 * @param claimsWon ids of those sidecars whose graph root was ours: our create of {@code _schema.pg} won
 * @param removalsStarted ids of those sidecars whose graph was found to be what was approved and is being removed
 * @param lockBranches lock branches of schema applies, oldest note first
 */
public record OperationTrace(
        Optional<OperationProgress> progress,
        Optional<String> stateCasBefore,
        Optional<String> stateCasAfter,
        List<String> sidecars,
        List<String> claimsWon,
        List<String> removalsStarted,
        List<LockBranchTrace> lockBranches) {

    public OperationTrace {
        sidecars = List.copyOf(sidecars);
        claimsWon = List.copyOf(claimsWon);
        removalsStarted = List.copyOf(removalsStarted);
        lockBranches = List.copyOf(lockBranches);
    }

    /** Nothing was done yet. */
    public static OperationTrace empty() {
        return new OperationTrace(
                Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(), List.of());
    }

    public OperationTrace withProgress(OperationProgress next) {
        return new OperationTrace(
                Optional.of(next), stateCasBefore, stateCasAfter, sidecars, claimsWon, removalsStarted, lockBranches);
    }

    public OperationTrace withStateCas(Optional<String> before, Optional<String> after) {
        return new OperationTrace(progress, before, after, sidecars, claimsWon, removalsStarted, lockBranches);
    }

    public OperationTrace withSidecar(String id) {
        return new OperationTrace(
                progress, stateCasBefore, stateCasAfter, plus(sidecars, id), claimsWon, removalsStarted, lockBranches);
    }

    public OperationTrace withClaimWon(String sidecarId) {
        return new OperationTrace(
                progress,
                stateCasBefore,
                stateCasAfter,
                sidecars,
                plus(claimsWon, sidecarId),
                removalsStarted,
                lockBranches);
    }

    public OperationTrace withRemovalStarted(String sidecarId) {
        return new OperationTrace(
                progress,
                stateCasBefore,
                stateCasAfter,
                sidecars,
                claimsWon,
                plus(removalsStarted, sidecarId),
                lockBranches);
    }

    public OperationTrace withLockBranchPlanned(String graph, long manifestVersion, Instant now) {
        return with(plus(lockBranches, LockBranchTrace.announced(graph, manifestVersion, now)));
    }

    public OperationTrace withLockBranchMade(String graph, SchemaLock branch) {
        return with(lockBranches.stream()
                .map(note -> note.concerns(graph, branch) ? note.made(branch) : note)
                .toList());
    }

    /** A branch is gone: one of this operation, or one that an earlier operation had left. */
    public OperationTrace withLockBranchGone(String graph, SchemaLock branch, Instant now) {
        if (lockBranches.stream().noneMatch(note -> note.concerns(graph, branch))) {
            return with(plus(lockBranches, LockBranchTrace.removed(graph, branch, now)));
        }
        return with(lockBranches.stream()
                .map(note -> note.concerns(graph, branch) ? note.removed() : note)
                .toList());
    }

    private OperationTrace with(List<LockBranchTrace> branches) {
        return new OperationTrace(
                progress, stateCasBefore, stateCasAfter, sidecars, claimsWon, removalsStarted, branches);
    }

    private static <T> List<T> plus(List<T> items, T item) {
        List<T> more = new ArrayList<>(items);
        more.add(item);
        return more;
    }
}
