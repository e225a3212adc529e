package dev.omnigraph.controlplane.approval;

/** What reserving an approval came to. */
public sealed interface Claim {

    /** It is ours, now or since an earlier attempt. */
    record Ours() implements Claim {}

    /** Somebody else has it; nothing was written. */
    record Taken(Reservation by) implements Claim {}

    /** The store refused, or holds something there that cannot be understood; nothing was written. */
    record Refused(String reason) implements Claim {}

    /** Whether it is ours is not known. */
    record Unknown(String reason) implements Claim {}
}
