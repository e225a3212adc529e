package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Earlier ledgers, each as it was read before it was replaced. Thread-safe. */
public final class LedgerHistory {

    private final ObjectStore store;

    public LedgerHistory(ObjectStore store) {
        this.store = store;
    }

    /**
     * The earlier ledgers, the newest revision first. Of one revision there can be several: a ledger that was lost and
     * imported anew counts from the beginning.
     *
     * @throws StorageUnavailableException when the store does not answer
     */
    public List<PastLedger> list() {
        ListOutcome outcome = store.list(ControlKeys.HISTORY);
        if (outcome instanceof ListOutcome.Unknown unknown) {
            throw new StorageUnavailableException("earlier ledgers cannot be listed: " + unknown.reason());
        }
        return ((ListOutcome.Listed) outcome)
                .entries().stream()
                        .filter(entry -> entry.kind() == ListOutcome.Kind.OBJECT)
                        .flatMap(entry -> PastLedger.ofFile(entry.key().name()).stream())
                        .sorted(Comparator.comparing(PastLedger::revision, Long::compareUnsigned)
                                .reversed()
                                .thenComparing(PastLedger::documentDigest))
                        .toList();
    }

    /** Removes an earlier ledger. */
    public DeleteOutcome remove(PastLedger past) {
        return store.delete(ControlKeys.history(Long.toUnsignedString(past.revision()), past.documentDigest()));
    }

    /**
     * The text of an earlier ledger, exactly as it was; empty where it is not kept.
     *
     * @throws StorageUnavailableException when the store does not answer, or what it has is no text
     */
    public Optional<String> read(PastLedger past) {
        GetOutcome outcome =
                store.get(ControlKeys.history(Long.toUnsignedString(past.revision()), past.documentDigest()));
        if (outcome instanceof GetOutcome.Found found) {
            return Optional.of(found.object()
                    .text()
                    .orElseThrow(() -> new StorageUnavailableException("the earlier ledger is not UTF-8 text")));
        } else if (outcome instanceof GetOutcome.Unusable unusable) {
            throw new StorageUnavailableException("the earlier ledger cannot be used: " + unusable.reason());
        } else if (outcome instanceof GetOutcome.Unknown unknown) {
            throw new StorageUnavailableException("the earlier ledger cannot be read: " + unknown.reason());
        }
        return Optional.empty();
    }
}
