package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.parallel.Pending;
import dev.omnigraph.controlplane.parallel.Workers;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.TreeOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at the catalog copy of every recorded query and policy, several at a time. */
public final class CatalogCheck {

    private final ObjectStore store;
    private final Catalog catalog;
    private final CatalogMemory memory;
    private final Workers readers;

    /**
     * A check in a store.
     *
     * @param memory what was found before, and is kept for the next check
     * @param readers read the copies
     */
    public CatalogCheck(ObjectStore store, CatalogMemory memory, Workers readers) {
        this.store = store;
        this.catalog = new Catalog(store);
        this.memory = memory;
        this.readers = readers;
    }

    /**
     * Reads and hashes every copy. The findings are in address order; empty where every copy is whole.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public List<Diagnostic> run(Ledger ledger) {
        List<Diagnostic> findings = new ArrayList<>();
        states(ledger, Map.of())
                .forEach((address, state) -> finding(address, state).ifPresent(findings::add));
        return findings;
    }

    /**
     * How each copy stands, by address. One that a listing shows with the tag with which it was found whole before is not
     * read again.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public Map<ResourceAddress, Catalog.BlobState> states(Ledger ledger) {
        return states(ledger, unchanged());
    }

    private Map<ObjectKey, VersionTag> unchanged() {
        if (!memory.isWorthAListing() || !(store.tree(ControlKeys.RESOURCES) instanceof TreeOutcome.Listed listed)) {
            return Map.of();
        }
        Map<ObjectKey, VersionTag> unchanged = new HashMap<>();
        for (TreeOutcome.Entry entry : listed.entries()) {
            memory.tagOf(entry.key())
                    .filter(tag -> tag.value().equals(entry.stamp()))
                    .ifPresent(tag -> unchanged.put(entry.key(), tag));
        }
        if (unchanged.isEmpty() && !listed.entries().isEmpty()) {
            memory.listingsShowOtherThings();
        }
        return unchanged;
    }

    /** A recorded copy, and the look at it that is under way. */
    private record Copy(ResourceAddress address, ObjectKey key, Supplier<Catalog.BlobState> look) {}

    private Map<ResourceAddress, Catalog.BlobState> states(Ledger ledger, Map<ObjectKey, VersionTag> unchanged) {
        List<Copy> copies = new ArrayList<>();
        ledger.resources()
                .forEach((address, entry) -> Catalog.keyOf(address, entry.digest())
                        .ifPresent(key -> copies.add(new Copy(address, key, look(key, entry.digest(), unchanged)))));
        Map<ResourceAddress, Catalog.BlobState> states = new LinkedHashMap<>();
        Map<ObjectKey, VersionTag> intact = new HashMap<>();
        for (Copy copy : copies) {
            Catalog.BlobState state = copy.look().get();
            if (state instanceof Catalog.BlobState.Unknown unknown) {
                throw new StorageUnavailableException(
                        "the catalog copy of " + copy.address().text() + " cannot be read: " + unknown.reason());
            }
            if (state instanceof Catalog.BlobState.Intact whole) {
                intact.put(copy.key(), whole.tag());
            }
            states.put(copy.address(), state);
        }
        memory.keep(intact);
        return states;
    }

    private Supplier<Catalog.BlobState> look(ObjectKey key, String digest, Map<ObjectKey, VersionTag> unchanged) {
        VersionTag known = unchanged.get(key);
        if (known != null) {
            return () -> new Catalog.BlobState.Intact(known);
        }
        Pending<Catalog.BlobState> look = readers.begin(() -> catalog.verify(key, digest));
        return look::get;
    }

    /** What is to be said of one copy, if anything. */
    public static Optional<Diagnostic> finding(ResourceAddress address, Catalog.BlobState state) {
        if (state instanceof Catalog.BlobState.Missing) {
            return Optional.of(Diagnostic.of(
                    DiagnosticCode.CATALOG_PAYLOAD_MISSING,
                    address.text(),
                    "the catalog copy that the ledger records is not stored"));
        }
        if (state instanceof Catalog.BlobState.Altered) {
            return Optional.of(Diagnostic.of(
                    DiagnosticCode.CATALOG_PAYLOAD_MISMATCH,
                    address.text(),
                    "the catalog copy is not what the ledger records: its bytes have another digest"));
        }
        if (state instanceof Catalog.BlobState.Unreadable unreadable) {
            return Optional.of(Diagnostic.of(
                    DiagnosticCode.CATALOG_PAYLOAD_READ_ERROR,
                    address.text(),
                    "the catalog copy cannot be read: " + unreadable.reason()));
        }
        return Optional.empty();
    }
}
