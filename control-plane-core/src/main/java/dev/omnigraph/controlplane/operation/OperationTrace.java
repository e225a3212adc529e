package dev.omnigraph.controlplane.operation;

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
 */
public record OperationTrace(
        Optional<OperationProgress> progress,
        Optional<String> stateCasBefore,
        Optional<String> stateCasAfter,
        List<String> sidecars,
        List<String> claimsWon) {

    public OperationTrace {
        sidecars = List.copyOf(sidecars);
        claimsWon = List.copyOf(claimsWon);
    }

    /** Nothing was done yet. */
    public static OperationTrace empty() {
        return new OperationTrace(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    public OperationTrace withProgress(OperationProgress next) {
        return new OperationTrace(Optional.of(next), stateCasBefore, stateCasAfter, sidecars, claimsWon);
    }

    public OperationTrace withStateCas(Optional<String> before, Optional<String> after) {
        return new OperationTrace(progress, before, after, sidecars, claimsWon);
    }

    public OperationTrace withSidecar(String id) {
        return new OperationTrace(progress, stateCasBefore, stateCasAfter, plus(sidecars, id), claimsWon);
    }

    public OperationTrace withClaimWon(String sidecarId) {
        return new OperationTrace(progress, stateCasBefore, stateCasAfter, sidecars, plus(claimsWon, sidecarId));
    }

    private static List<String> plus(List<String> ids, String id) {
        List<String> more = new ArrayList<>(ids);
        more.add(id);
        return more;
    }
}
