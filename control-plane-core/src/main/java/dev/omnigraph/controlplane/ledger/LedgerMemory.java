package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.storage.VersionTag;
import java.util.Optional;

/** The ledger that this process read or wrote last, so that one that did not change is not read again. Thread-safe. */
public final class LedgerMemory {

    private volatile Optional<StoredLedger> last = Optional.empty();

    void keep(StoredLedger ledger) {
        last = Optional.of(ledger);
    }

    /** The ledger with this tag, if it is the last one. Equal tags of one key mean equal content. */
    Optional<StoredLedger> at(VersionTag tag) {
        return last.filter(ledger -> ledger.object().tag().equals(tag));
    }
}
