package dev.omnigraph.controlplane.ledger;

/** What a guarded write of the ledger came to. */
public sealed interface LedgerWrite {

    /** The ledger is stored and durable. */
    record Written(StoredLedger stored) implements LedgerWrite {}

    /** The ledger is not the one this run read any more; nothing was written. */
    record Lost() implements LedgerWrite {}

    /** The storage refused; nothing was written. */
    record Refused(String reason) implements LedgerWrite {}

    /** Whether the ledger was written is not known. */
    record Unknown(String reason) implements LedgerWrite {}
}
