package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and hashes the catalog copy of every recorded query and policy. */
public final class CatalogCheck {

    private final Catalog catalog;

    public CatalogCheck(ObjectStore store) {
        this.catalog = new Catalog(store);
    }

    /** The findings in address order; empty where every copy is whole. */
    public List<Diagnostic> run(Ledger ledger) {
        List<Diagnostic> findings = new ArrayList<>();
        states(ledger).forEach((address, state) -> finding(address, state).ifPresent(findings::add));
        return findings;
    }

    /**
     * How each copy stands, by address.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public Map<ResourceAddress, Catalog.BlobState> states(Ledger ledger) {
        Map<ResourceAddress, Catalog.BlobState> states = new LinkedHashMap<>();
        ledger.resources().forEach((address, entry) -> {
            Optional<ObjectKey> key = Catalog.keyOf(address, entry.digest());
            if (key.isPresent()) {
                Catalog.BlobState state = catalog.verify(key.get(), entry.digest());
                if (state instanceof Catalog.BlobState.Unknown unknown) {
                    throw new StorageUnavailableException(
                            "the catalog copy of " + address.text() + " cannot be read: " + unknown.reason());
                }
                states.put(address, state);
            }
        });
        return states;
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
