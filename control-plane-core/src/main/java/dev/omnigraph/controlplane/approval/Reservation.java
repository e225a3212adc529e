package dev.omnigraph.controlplane.approval;

/**
 * Who got an approval first: the one object that decides between using and revoking it
 * ({@code __control/consumed/<approval>.json}, control-area.md).
 */
public sealed interface Reservation {

    /** The operation with this sidecar, and no other, may use the approval. */
    record ForSidecar(String sidecar) implements Reservation {}

    /** Nobody may use the approval any more. */
    record Revoked(String revocation) implements Reservation {}
}
