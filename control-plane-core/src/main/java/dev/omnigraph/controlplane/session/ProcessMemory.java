package dev.omnigraph.controlplane.session;

import dev.omnigraph.controlplane.ledger.CatalogMemory;
import dev.omnigraph.controlplane.ledger.LedgerMemory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a process keeps from one command to the next. All of it can be lost.
 *
 * @param locks the locks that commands of this process hold
 * @param ledger the ledger that was read or written last
 * @param catalog the catalog copies that were found whole
 * @param spentApprovals ids of published approvals that were seen marked: they authorise nothing any more, for good
 */
public record ProcessMemory(OwnLocks locks, LedgerMemory ledger, CatalogMemory catalog, Set<String> spentApprovals) {

    /** Nothing yet. */
    public static ProcessMemory empty() {
        return new ProcessMemory(
                new OwnLocks(), new LedgerMemory(), new CatalogMemory(), ConcurrentHashMap.newKeySet());
    }
}
