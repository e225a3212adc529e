package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.digest.Utf8Order;
import dev.omnigraph.controlplane.graph.TableObservation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the rows of {@code __manifest} come to at one version.
 *
 * @param version of the dataset
 * @param tables the current snapshot, by table key (graph-format.md 3.4)
 * @param registered the keys of all tables that the graph ever had, the dropped ones among them
 * @param headCommit the newest commit (graph-format.md 3.3)
 * @param branches without main, the lock branch among them
 */
record ManifestState(
        long version, List<TableObservation> tables, Set<String> registered, String headCommit, List<String> branches) {

    ManifestState {
        tables = List.copyOf(tables);
        registered = Set.copyOf(registered);
        branches = List.copyOf(branches);
    }

    /** The table of this key in the current snapshot. */
    Optional<TableObservation> table(String key) {
        return tables.stream().filter(table -> table.key().equals(key)).findFirst();
    }

    /** Takes rows in any order and keeps only what the result needs. Not thread-safe. */
    static final class Builder {

        /** The newest commit is the greatest (graph-format.md 3.3). */
        static final Comparator<ManifestRow.GraphCommit> BY_AGE = Comparator.comparing(
                        ManifestRow.GraphCommit::manifestVersion, Long::compareUnsigned)
                .thenComparing(commit -> commit.metadata().createdAt(), Long::compareUnsigned)
                .thenComparing(ManifestRow.GraphCommit::id, Utf8Order.COMPARATOR);

        private final Map<String, String> paths = new HashMap<>();
        private final Map<String, ManifestRow.TableVersion> newest = new TreeMap<>(Utf8Order.COMPARATOR);
        private final Map<String, Long> tombstones = new HashMap<>();
        private Optional<ManifestRow.GraphCommit> head = Optional.empty();

        void add(ManifestRow row) {
            if (row instanceof ManifestRow.Table table) {
                paths.put(table.key(), table.path());
            } else if (row instanceof ManifestRow.TableVersion version) {
                newest.merge(version.key(), version, Builder::newer);
            } else if (row instanceof ManifestRow.Tombstone tombstone) {
                tombstones.merge(tombstone.key(), tombstone.version(), Builder::greater);
            } else if (row instanceof ManifestRow.GraphCommit commit) {
                head = Optional.of(
                        head.filter(other -> BY_AGE.compare(other, commit) > 0).orElse(commit));
            }
        }

        /**
         * The state at the version whose rows were added.
         *
         * @throws MalformedManifestException when a version belongs to no table, also a dropped one, or there is no commit
         */
        ManifestState build(long version, List<String> branches) throws MalformedManifestException {
            List<TableObservation> tables = new ArrayList<>();
            for (ManifestRow.TableVersion pin : newest.values()) {
                String path = paths.get(pin.key());
                if (path == null) {
                    throw new MalformedManifestException("the table " + pin.key() + " has versions but no table row");
                }
                if (!isDropped(pin)) {
                    tables.add(new TableObservation(pin.key(), path, pin.version(), pin.branch(), pin.rows()));
                }
            }
            String headCommit = head.map(ManifestRow.GraphCommit::id)
                    .orElseThrow(() -> new MalformedManifestException("there is no commit among the rows"));
            return new ManifestState(version, tables, paths.keySet(), headCommit, branches);
        }

        private boolean isDropped(ManifestRow.TableVersion pin) {
            Long tombstone = tombstones.get(pin.key());
            return tombstone != null && Long.compareUnsigned(tombstone, pin.version()) >= 0;
        }

        private static ManifestRow.TableVersion newer(ManifestRow.TableVersion one, ManifestRow.TableVersion other) {
            return Long.compareUnsigned(one.version(), other.version()) >= 0 ? one : other;
        }

        private static Long greater(Long one, Long other) {
            return Long.compareUnsigned(one, other) >= 0 ? one : other;
        }
    }
}
