package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.graph.SchemaLock;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.lance.Branch;
import org.lance.Dataset;

/**
 * The lock of a schema apply: a branch of {@code __manifest}, which every writer of the graph looks for
 * (graph-format.md 3.8 and 7.4). Making and removing it does not touch main. Thread-safe.
 *
 * <p>A branch is made in two steps: its first version, then the file that names it. One whose maker died between them is
 * in no listing, and yet keeps another from being made; it counts as a lock here.
 */
final class LockBranch {

    private static final String REFERENCES = "_refs";
    private static final String BRANCHES = "tree";

    private final LanceDatasets datasets;
    private final DurableTree durable;

    LockBranch(LanceDatasets datasets, DurableTree durable) {
        this.datasets = datasets;
        this.durable = durable;
    }

    /** The lock that is there, a half-made one included. */
    Optional<SchemaLock> find(DatasetLocation manifest) throws LanceException, IOException {
        Optional<SchemaLock> listed = LanceFailures.call(() -> {
            try (Dataset dataset = datasets.open(manifest)) {
                return dataset.branches().list().stream()
                        .filter(branch -> branch.getName().equals(GraphLayout.LOCK_BRANCH))
                        .map(LockBranch::lock)
                        .findFirst();
            }
        });
        return listed.isPresent() ? listed : findHalfMade(manifest);
    }

    private static SchemaLock lock(Branch branch) {
        return new SchemaLock(Instant.ofEpochSecond(branch.getCreateAt()), branch.getParentVersion());
    }

    private Optional<SchemaLock> findHalfMade(DatasetLocation manifest) throws LanceException, IOException {
        DatasetLocation branch = GraphLayout.onBranch(manifest, Optional.of(GraphLayout.LOCK_BRANCH));
        Optional<VersionFile> first = branch.newestVersion();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        if (!first.get().isFramed()) {
            throw new IOException(first.get() + " is damaged; if no schema apply is at work, remove " + branch);
        }
        return LanceFailures.call(() -> {
            try (Dataset dataset = datasets.open(branch)) {
                Instant written = dataset.getVersion().getDataTime().toInstant();
                return Optional.of(new SchemaLock(
                        written.truncatedTo(ChronoUnit.SECONDS), first.get().version()));
            }
        });
    }

    /**
     * Makes the lock, durably. Of racing callers at most one succeeds; whether a failed call left a lock, {@link #find}
     * tells.
     *
     * @param version of main, which is to be the newest
     */
    SchemaLock create(DatasetLocation manifest, long version) throws LanceException, IOException {
        datasets.createBranch(manifest, GraphLayout.LOCK_BRANCH, version);
        durable.force(manifest.resolve(REFERENCES));
        durable.force(manifest.resolve(BRANCHES));
        return find(manifest)
                .orElseThrow(() -> new IOException("the lock branch is gone again; another writer removed it"));
    }

    /** Removes the lock, durably, and what there is of a half-made one. One that is gone already is no problem. */
    void delete(DatasetLocation manifest) throws LanceException, IOException {
        if (find(manifest).isEmpty()) {
            return;
        }
        LanceFailures.call(() -> {
            try (Dataset dataset = datasets.open(manifest)) {
                dataset.branches().delete(GraphLayout.LOCK_BRANCH);
            }
            return manifest;
        });
        for (String name : new String[] {REFERENCES, BRANCHES}) {
            durable.force(manifest.resolve(name));
        }
        if (find(manifest).isPresent()) {
            throw new IOException("the lock branch is still there after it was removed");
        }
    }
}
