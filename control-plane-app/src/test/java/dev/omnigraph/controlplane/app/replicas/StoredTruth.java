package dev.omnigraph.controlplane.app.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.approval.ApprovalBook;
import dev.omnigraph.controlplane.approval.ApprovalStore;
import dev.omnigraph.controlplane.ledger.CatalogCheck;
import dev.omnigraph.controlplane.ledger.CatalogMemory;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.LedgerRead;
import dev.omnigraph.controlplane.ledger.LedgerStore;
import dev.omnigraph.controlplane.ledger.SidecarStore;
import dev.omnigraph.controlplane.ledger.StoredLedger;
import dev.omnigraph.controlplane.operation.OperationFilter;
import dev.omnigraph.controlplane.operation.OperationPage;
import dev.omnigraph.controlplane.operation.OperationRecord;
import dev.omnigraph.controlplane.operation.OperationStore;
import dev.omnigraph.controlplane.parallel.Workers;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What holds of a store when all has ended, read afresh, beside what holds always: nothing is half done, nothing is lost. */
final class StoredTruth {

    private final ObjectStore store;

    StoredTruth(ObjectStore store) {
        this.store = store;
    }

    /** @param operationsByKey what clients were told, by the key of their request */
    void check(Map<String, String> operationsByKey) {
        assertThat(store.get(ControlKeys.LOCK)).isInstanceOf(GetOutcome.Absent.class);
        assertThat(new SidecarStore(store).list()).isEqualTo(new SidecarStore.Listing.Listed(List.of()));
        StoredLedger ledger = ((LedgerRead.Present) new LedgerStore(store).read()).stored();
        assertThat(new CatalogCheck(store, new CatalogMemory(), new Workers(Runnable::run)).run(ledger.ledger()))
                .isEmpty();
        oneLedgerForEachRevision(ledger);
        List<OperationRecord> operations = operations();
        assertThat(operations).allMatch(operation -> operation.state().isFinal());
        assertThat(operations.stream().map(OperationRecord::id)).containsAll(operationsByKey.values());
        assertThat(new HashSet<>(operationsByKey.values())).hasSameSizeAs(operationsByKey.keySet());
        everyUseIsMarked(ledger);
    }

    /** Without a gap. */
    private void oneLedgerForEachRevision(StoredLedger ledger) {
        Map<Long, String> byRevision = new HashMap<>();
        for (String name : names(ControlKeys.HISTORY)) {
            String[] parts = name.replace(".json", "").split("-", 2);
            assertThat(byRevision.put(Long.parseLong(parts[0]), "sha256:" + parts[1]))
                    .as("two ledgers of revision %s were replaced", parts[0])
                    .isNull();
        }
        long newest = ledger.ledger().revision();
        Optional.ofNullable(byRevision.put(newest, ledger.cas()))
                .ifPresent(kept -> assertThat(kept).isEqualTo(ledger.cas()));
        for (long revision = 1; revision <= newest; revision++) {
            assertThat(byRevision).containsKey(revision);
        }
        assertThat(byRevision).hasSize((int) newest);
    }

    private List<OperationRecord> operations() {
        OperationStore records = new OperationStore(store);
        List<OperationRecord> operations = new ArrayList<>();
        Optional<String> from = Optional.empty();
        do {
            OperationPage.Listed page =
                    (OperationPage.Listed) records.page(OperationFilter.all(), from, OperationStore.MAX_PAGE_SIZE);
            assertThat(page.unreadable()).isEmpty();
            operations.addAll(page.operations());
            from = page.next();
        } while (from.isPresent());
        return operations;
    }

    private void everyUseIsMarked(StoredLedger ledger) {
        ApprovalBook book = new ApprovalStore(store, new StorageRoot.Folder(Path.of("/any"))).read();
        assertThat(book.findings()).isEmpty();
        assertThat(ledger.ledger().approvalRecords().keySet())
                .allMatch(used -> book.entry(used).orElseThrow().isMarked());
    }

    private Set<String> names(ObjectKey folder) {
        return ((ListOutcome.Listed) store.list(folder))
                .entries().stream().map(entry -> entry.key().name()).collect(Collectors.toSet());
    }
}
