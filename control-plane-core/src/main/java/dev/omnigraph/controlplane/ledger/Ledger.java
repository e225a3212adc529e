package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.digest.ResourceDigests;
import dev.omnigraph.controlplane.digest.Utf8Order;
import dev.omnigraph.controlplane.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is applied (control-plane.md 4.2). Immutable; {@link #edit()} starts a changed copy.
 *
 * @param revision unsigned 64 bits; 0 before the first write
 * @param configDigest the configuration of the last apply that converged, or of the import
 * @param approvalRecords free-form, by approval id
 * @param recoveryRecords free-form, by operation id
 * @param observations free-form, by {@code graph.<id>}
 */
public record Ledger(
        long revision,
        Optional<String> configDigest,
        SortedMap<ResourceAddress, LedgerEntry> resources,
        SortedMap<ResourceAddress, ResourceStatus> statuses,
        SortedMap<String, JsonValue> approvalRecords,
        SortedMap<String, JsonValue> recoveryRecords,
        SortedMap<String, JsonValue> observations) {

    /** A ledger in which nothing was ever recorded. */
    public static final Ledger EMPTY = new Editor().build();

    /** Equal in everything but the revision: nothing would be gained by writing the other one. */
    public boolean sameContentAs(Ledger other) {
        return configDigest.equals(other.configDigest)
                && areSame(resources, other.resources)
                && areSame(statuses, other.statuses)
                && areSame(approvalRecords, other.approvalRecords)
                && areSame(recoveryRecords, other.recoveryRecords)
                && areSame(observations, other.observations);
    }

    /** Compared in their order, which is the same for both, rather than by looking each key up. */
    private static <K, V> boolean areSame(SortedMap<K, V> left, SortedMap<K, V> right) {
        return List.copyOf(left.entrySet()).equals(List.copyOf(right.entrySet()));
    }

    public Optional<LedgerEntry> entry(ResourceAddress address) {
        return Optional.ofNullable(resources.get(address));
    }

    public Optional<String> digestOf(ResourceAddress address) {
        return entry(address).map(LedgerEntry::digest);
    }

    /** The digest of each query of a graph, by query name. */
    public Map<String, String> queryDigests(String graphId) {
        Map<String, String> digests = new LinkedHashMap<>();
        ResourceAddress beforeTheFirst = new ResourceAddress.Query(graphId, "");
        for (Map.Entry<ResourceAddress, LedgerEntry> entry :
                resources.tailMap(beforeTheFirst).entrySet()) {
            if (!(entry.getKey() instanceof ResourceAddress.Query query
                    && query.graph().equals(graphId))) {
                break;
            }
            digests.put(query.name(), entry.getValue().digest());
        }
        return digests;
    }

    /**
     * The composite digest of a graph from this ledger's own entries (control-plane.md 3.4).
     *
     * @param provider the address of the provider that the graph is bound to
     */
    public String compositeDigest(String graphId, Optional<String> provider) {
        return ResourceDigests.graph(
                graphId,
                digestOf(new ResourceAddress.Schema(graphId)),
                queryDigests(graphId),
                provider.map(ResourceAddress::parse)
                        .map(address -> new ResourceDigests.BoundProvider(address, digestOf(address))));
    }

    /** The revision that the next write of this ledger gets; it stays at the greatest unsigned 64-bit number. */
    public long nextRevision() {
        return revision == -1L ? revision : revision + 1;
    }

    /** A copy to change. */
    public Editor edit() {
        return new Editor(this);
    }

    /** Collects changes to a ledger. Not thread-safe. */
    public static final class Editor {
        private long revision;
        private Optional<String> configDigest = Optional.empty();
        private final SortedMap<ResourceAddress, LedgerEntry> resources = new TreeMap<>();
        private final SortedMap<ResourceAddress, ResourceStatus> statuses = new TreeMap<>();
        private final SortedMap<String, JsonValue> approvalRecords = new TreeMap<>(Utf8Order.COMPARATOR);
        private final SortedMap<String, JsonValue> recoveryRecords = new TreeMap<>(Utf8Order.COMPARATOR);
        private final SortedMap<String, JsonValue> observations = new TreeMap<>(Utf8Order.COMPARATOR);

        Editor() {}

        private Editor(Ledger base) {
            revision = base.revision;
            configDigest = base.configDigest;
            resources.putAll(base.resources);
            statuses.putAll(base.statuses);
            approvalRecords.putAll(base.approvalRecords);
            recoveryRecords.putAll(base.recoveryRecords);
            observations.putAll(base.observations);
        }

        public Editor revision(long value) {
            revision = value;
            return this;
        }

        public Editor configDigest(Optional<String> value) {
            configDigest = value;
            return this;
        }

        public Editor putEntry(ResourceAddress address, LedgerEntry entry) {
            resources.put(address, entry);
            return this;
        }

        public Editor removeEntry(ResourceAddress address) {
            resources.remove(address);
            return this;
        }

        public Editor putStatus(ResourceAddress address, ResourceStatus status) {
            statuses.put(address, status);
            return this;
        }

        public Editor removeStatus(ResourceAddress address) {
            statuses.remove(address);
            return this;
        }

        public Editor putApprovalRecord(String approvalId, JsonValue entry) {
            approvalRecords.put(approvalId, entry);
            return this;
        }

        public Editor putRecoveryRecord(String operationId, JsonValue entry) {
            recoveryRecords.put(operationId, entry);
            return this;
        }

        public Editor putObservation(String address, JsonValue observation) {
            observations.put(address, observation);
            return this;
        }

        public Ledger build() {
            return new Ledger(
                    revision,
                    configDigest,
                    Collections.unmodifiableSortedMap(new TreeMap<>(resources)),
                    Collections.unmodifiableSortedMap(new TreeMap<>(statuses)),
                    copy(approvalRecords),
                    copy(recoveryRecords),
                    copy(observations));
        }

        private static SortedMap<String, JsonValue> copy(SortedMap<String, JsonValue> map) {
            return Collections.unmodifiableSortedMap(new TreeMap<>(map));
        }
    }
}
