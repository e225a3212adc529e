package dev.omnigraph.controlplane.plan;

import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares what is recorded with what is desired (control-plane.md 8.1 and 8.2). */
public final class Differ {

    private Differ() {}

    /**
     * Every difference, by address. A schema that the ledger lost is not created but changed from the one the graph has.
     *
     * @param recorded empty where no ledger exists: everything is then to be created
     * @param liveSchemas digests by graph id, of graphs whose record lost its schema
     */
    public static List<Difference> differences(
            Optional<Ledger> recorded, DesiredCluster desired, Map<String, String> liveSchemas) {
        return differences(recorded, desired).stream()
                .map(difference -> fromLiveSchema(difference, liveSchemas))
                .toList();
    }

    private static Difference fromLiveSchema(Difference difference, Map<String, String> liveSchemas) {
        if (difference.operation() == ChangeOperation.CREATE
                && difference.resource() instanceof ResourceAddress.Schema schema) {
            Optional<String> live = Optional.ofNullable(liveSchemas.get(schema.graph()));
            if (live.isPresent() && !live.equals(difference.after())) {
                return Difference.update(schema, live.get(), difference.after().orElseThrow());
            }
        }
        return difference;
    }

    /**
     * Every difference between what is recorded and what is desired, by address.
     *
     * @param recorded empty where no ledger exists: everything is then to be created
     */
    public static List<Difference> differences(Optional<Ledger> recorded, DesiredCluster desired) {
        Set<ResourceAddress> declared = new HashSet<>();
        Ledger ledger = recorded.orElse(Ledger.EMPTY);
        List<Difference> differences = new ArrayList<>();
        desired.resources().forEach(resource -> {
            ResourceAddress address = resource.address();
            String digest = resource.digest();
            declared.add(address);
            Optional<LedgerEntry> entry = ledger.entry(address);
            if (entry.isEmpty()) {
                differences.add(Difference.create(address, digest));
            } else if (!entry.get().digest().equals(digest)) {
                differences.add(Difference.update(address, entry.get().digest(), digest));
            } else {
                metadataDifference(address, entry.get(), desired)
                        .ifPresent(metadata -> differences.add(Difference.metadata(address, digest, metadata)));
            }
        });
        ledger.resources().forEach((address, entry) -> {
            if (!declared.contains(address)) {
                differences.add(Difference.delete(address, entry.digest()));
            }
        });
        differences.sort(Comparator.comparing(Difference::resource));
        return List.copyOf(differences);
    }

    private static Optional<MetadataChange> metadataDifference(
            ResourceAddress address, LedgerEntry entry, DesiredCluster desired) {
        if (address instanceof ResourceAddress.Policy policy
                && !entry.appliesTo().equals(desired.bindingsOf(policy))) {
            return Optional.of(MetadataChange.POLICY_BINDINGS);
        }
        if (address instanceof ResourceAddress.EmbeddingProvider provider
                && !entry.embeddingProfile().equals(desired.profileOf(provider))) {
            return Optional.of(MetadataChange.EMBEDDING_PROFILE);
        }
        return Optional.empty();
    }
}
