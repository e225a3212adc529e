package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.digest.EmbeddingProfile;
import java.util.List;
import java.util.Optional;

/**
 * What the ledger records of one applied resource (control-plane.md 4.2).
 *
 * @param digest bare SHA-256
 * @param appliesTo policies only: the normalised, sorted bindings; empty in ledgers of older tools
 * @param embeddingProvider graphs only: the full address of the bound provider
 * @param embeddingProfile providers only: the profile as declared
 */
public record LedgerEntry(
        String digest,
        Optional<List<String>> appliesTo,
        Optional<String> embeddingProvider,
        Optional<EmbeddingProfile> embeddingProfile) {

    public LedgerEntry {
        appliesTo = appliesTo.map(List::copyOf);
    }

    /** An entry that holds nothing but a digest. */
    public static LedgerEntry of(String digest) {
        return new LedgerEntry(digest, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static LedgerEntry policy(String digest, List<String> appliesTo) {
        return new LedgerEntry(digest, Optional.of(appliesTo), Optional.empty(), Optional.empty());
    }

    public static LedgerEntry graph(String digest, Optional<String> embeddingProvider) {
        return new LedgerEntry(digest, Optional.empty(), embeddingProvider, Optional.empty());
    }

    public static LedgerEntry provider(String digest, EmbeddingProfile profile) {
        return new LedgerEntry(digest, Optional.empty(), Optional.empty(), Optional.of(profile));
    }
}
