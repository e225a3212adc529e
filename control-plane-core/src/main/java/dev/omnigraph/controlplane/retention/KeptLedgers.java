package dev.omnigraph.controlplane.retention;

import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerHistory;
import dev.omnigraph.controlplane.ledger.PastLedger;
import dev.omnigraph.controlplane.storage.ObjectStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Earlier ledgers, but for a number of revisions before the present one. Revisions above it are of a ledger that was lost
 * and made anew since; they stay until the present one has passed them.
 */
final class KeptLedgers implements Keeping {

    private final LedgerHistory history;
    private final Ledger present;
    private final int kept;

    KeptLedgers(ObjectStore store, Ledger present, int kept) {
        this.history = new LedgerHistory(store);
        this.present = present;
        this.kept = kept;
    }

    @Override
    public String kind() {
        return "ledgers";
    }

    @Override
    public List<Candidate> candidates() {
        List<PastLedger> oldestFirst = new ArrayList<>(history.list());
        Collections.reverse(oldestFirst);
        return oldestFirst.stream()
                .filter(this::isDue)
                .map(past -> new Candidate(
                        ControlKeys.history(Long.toUnsignedString(past.revision()), past.documentDigest()),
                        () -> Fate.of(history.remove(past))))
                .toList();
    }

    private boolean isDue(PastLedger past) {
        return Long.compareUnsigned(past.revision(), present.revision()) < 0
                && Long.compareUnsigned(present.revision() - past.revision(), kept) > 0;
    }
}
