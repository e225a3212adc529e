package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import java.util.Optional;

/** What reading the ledger came to. */
public sealed interface LedgerRead {

    /** There is no ledger yet. */
    record Absent() implements LedgerRead {}

    record Present(StoredLedger stored) implements LedgerRead {}

    /**
     * There is a ledger, and it cannot be used.
     *
     * @param cas its token, where its text could be read
     */
    record Unusable(Diagnostic diagnostic, Optional<String> cas) implements LedgerRead {}

    /** The storage did not answer; whether there is a ledger is not known. */
    record Unknown(String reason) implements LedgerRead {}
}
