package dev.omnigraph.controlplane.storage;

/** What a conditional write came to. */
public sealed interface PutOutcome {

    /** The condition held and the bytes are durable. */
    record Done(VersionTag tag) implements PutOutcome {}

    /** The condition did not hold; nothing was written. {@code present} is what was there instead. */
    record Lost(GetOutcome present) implements PutOutcome {}

    /** The store refused: permissions, space, a read-only file system. Nothing was written. */
    record Refused(String reason) implements PutOutcome {}

    /** Neither success nor failure is certain: the bytes may stand there now, or appear later. */
    record Unknown(String reason) implements PutOutcome {}
}
