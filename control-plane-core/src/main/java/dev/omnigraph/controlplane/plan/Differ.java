package dev.omnigraph.controlplane.plan;

import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.config.DesiredResource;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
     * Every difference between what is recorded and what is desired, by address. Both are in that order, and are gone through
     * side by side.
     *
     * @param recorded empty where no ledger exists: everything is then to be created
     */
    public static List<Difference> differences(Optional<Ledger> recorded, DesiredCluster desired) {
        List<Map.Entry<ResourceAddress, LedgerEntry>> entries =
                List.copyOf(recorded.orElse(Ledger.EMPTY).resources().entrySet());
        List<Difference> differences = new ArrayList<>();
        int next = 0;
        for (DesiredResource resource : desired.resources()) {
            while (next < entries.size() && entries.get(next).getKey().compareTo(resource.address()) < 0) {
                differences.add(delete(entries.get(next++)));
            }
            boolean isRecorded =
                    next < entries.size() && entries.get(next).getKey().compareTo(resource.address()) == 0;
            if (isRecorded) {
                difference(resource, entries.get(next++).getValue(), desired).ifPresent(differences::add);
            } else {
                differences.add(Difference.create(resource.address(), resource.digest()));
            }
        }
        entries.subList(next, entries.size()).forEach(entry -> differences.add(delete(entry)));
        return List.copyOf(differences);
    }

    private static Difference delete(Map.Entry<ResourceAddress, LedgerEntry> recorded) {
        return Difference.delete(recorded.getKey(), recorded.getValue().digest());
    }

    private static Optional<Difference> difference(
            DesiredResource resource, LedgerEntry entry, DesiredCluster desired) {
        return entry.digest().equals(resource.digest())
                ? metadataDifference(resource.address(), entry, desired)
                        .map(metadata -> Difference.metadata(resource.address(), resource.digest(), metadata))
                : Optional.of(Difference.update(resource.address(), entry.digest(), resource.digest()));
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
