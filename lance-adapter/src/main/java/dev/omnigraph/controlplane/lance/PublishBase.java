package dev.omnigraph.controlplane.lance;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What a publish is checked against and built on: the rows of the version it follows. Not thread-safe. */
final class PublishBase {

    private final Map<String, String> paths = new HashMap<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final Map<String, Long> dropped = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Long> commits = new HashMap<>();
    private Optional<ManifestRow.GraphCommit> head = Optional.empty();

    void add(ManifestRow row) {
        if (row instanceof ManifestRow.Table table) {
            paths.put(table.key(), table.path());
        } else if (row instanceof ManifestRow.TableVersion version) {
            newest.merge(version.key(), version.version(), PublishBase::greater);
            taken.add(row.toRecord().objectId());
        } else if (row instanceof ManifestRow.Tombstone tombstone) {
            dropped.merge(tombstone.key(), tombstone.version(), PublishBase::greater);
            taken.add(row.toRecord().objectId());
        } else if (row instanceof ManifestRow.GraphCommit commit) {
            commits.put(commit.id(), commit.manifestVersion());
            head = Optional.of(head.filter(other -> ManifestState.Builder.BY_AGE.compare(other, commit) > 0)
                    .orElse(commit));
        }
    }

    /** The newest commit, which the next one follows. */
    Optional<String> head() {
        return head.map(ManifestRow.GraphCommit::id);
    }

    /** The version of the manifest that a commit made; empty where it is not there. */
    OptionalLong versionOf(String commit) {
        Long version = commits.get(commit);
        return version == null ? OptionalLong.empty() : OptionalLong.of(version);
    }

    /** The version that counts for expectations: the pin, of a dropped table the tombstone, else 0. */
    long visible(String key) {
        long version = newest.getOrDefault(key, 0L);
        long tombstone = dropped.getOrDefault(key, 0L);
        return Long.compareUnsigned(version, tombstone) > 0 ? version : tombstone;
    }

    /**
     * Takes a change into account, so that the ones after it are checked against it too.
     *
     * @throws PublishConflictException when the manifest does not allow the change
     */
    ManifestRow accept(ManifestChange change) throws PublishConflictException {
        if (change instanceof ManifestChange.Register register) {
            String present = paths.putIfAbsent(register.key(), register.path());
            if (present != null && !present.equals(register.path())) {
                throw new PublishConflictException(register.key() + " is registered at " + present + ", not at "
                        + register.path() + "; a table never moves");
            }
            return new ManifestRow.Table(register.key(), register.path());
        }
        if (!paths.containsKey(change.key())) {
            throw new PublishConflictException(change.key() + " is no table of the graph");
        }
        ManifestRow row = change instanceof ManifestChange.Pin pin
                ? new ManifestRow.TableVersion(pin.key(), pin.version(), pin.branch(), pin.rows(), pin.metadata())
                : new ManifestRow.Tombstone(change.key(), ((ManifestChange.Drop) change).version());
        if (!taken.add(row.toRecord().objectId())) {
            throw new PublishConflictException(row.toRecord().objectId() + " is published already");
        }
        return row;
    }

    private static Long greater(Long one, Long other) {
        return Long.compareUnsigned(one, other) >= 0 ? one : other;
    }
}
