package dev.omnigraph.controlplane.lance;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.lance.Dataset;

/**
 * The versions that datasets of tables have, whatever the manifest pins. A branch of a dataset is a dataset of its own
 * here. Thread-safe.
 */
final class TableVersions {

    private final LanceDatasets datasets;
    private final DurableTree durable;

    TableVersions(LanceDatasets datasets, DurableTree durable) {
        this.datasets = datasets;
        this.durable = durable;
    }

    /** The newest version; empty where there is no dataset. */
    Optional<VersionFile> newest(DatasetLocation dataset) throws IOException, RecoveryStuckException {
        Optional<VersionFile> newest = dataset.newestVersion();
        if (newest.isPresent()) {
            requireFramed(newest.get());
        }
        return newest;
    }

    /** What the manifest is to say of a version of a table. */
    ManifestChange.Pin pin(String tableKey, DatasetLocation dataset, long version, Optional<String> branch)
            throws LanceException, IOException, RecoveryStuckException {
        long rows = at(dataset, version, Dataset::countRows);
        return new ManifestChange.Pin(
                tableKey, version, branch, rows, dataset.version(version).metadata());
    }

    /** Makes what a dead writer left in a dataset survive a power loss; it may not have done so itself. */
    void force(DatasetLocation dataset) throws IOException {
        durable.force(dataset);
    }

    /** The names of the columns, in their order. */
    List<String> columns(DatasetLocation dataset, long version)
            throws LanceException, IOException, RecoveryStuckException {
        return at(
                dataset,
                version,
                open -> open.getSchema().getFields().stream()
                        .map(Field::getName)
                        .toList());
    }

    /**
     * Makes a new version with the content of an older one, durably. It replaces whatever others have written since, so
     * nobody else may be writing.
     *
     * @param head the newest version
     * @return the new version, which is the one after {@code head}
     */
    long restore(DatasetLocation dataset, long head, long version)
            throws LanceException, IOException, RecoveryStuckException {
        DurableTree.Known before = durable.known(dataset);
        long restored = at(dataset, version, open -> {
            open.restore();
            return open.latestVersion();
        });
        if (restored != head + 1) {
            throw new IOException(dataset + " is at version " + restored + " after version " + version
                    + " of it was restored, and " + (head + 1) + " was to be: another writer is at work");
        }
        durable.forceNew(dataset, before);
        return restored;
    }

    private <T> T at(DatasetLocation dataset, long version, Question<T> question)
            throws LanceException, IOException, RecoveryStuckException {
        newest(dataset);
        VersionFile file = dataset.version(version);
        requireFramed(file);
        return LanceFailures.call(() -> {
            try (Dataset newest = datasets.open(dataset);
                    Dataset open = newest.checkoutVersion(version)) {
                return question.answer(open);
            }
        });
    }

    private static void requireFramed(VersionFile file) throws IOException, RecoveryStuckException {
        if (!file.isFramed()) {
            throw new RecoveryStuckException(
                    "the version file " + file + " is damaged; restore it before the graph is written again");
        }
    }

    /** What is asked of a dataset that is open at one version. */
    private interface Question<T> {
        T answer(Dataset open);
    }
}
