package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.digest.Utf8Order;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Branch;
import org.lance.Dataset;
import org.lance.Ref;

/** Reads {@code __manifest} as a read-only open does (graph-format.md 6.1, steps 1 to 3 and 7). Thread-safe. */
final class ManifestReader {

    /** A manifest gains some rows with each commit; a larger one is refused rather than read for minutes. */
    private static final long MAX_ROWS = 50_000_000;

    /** Each branch is opened and read in turn; more are refused rather than read for minutes. */
    private static final int MAX_BRANCHES = 1000;

    private static final String MAIN = "main";

    private final LanceDatasets datasets;
    private final long maxRows;

    ManifestReader(LanceDatasets datasets) {
        this(datasets, MAX_ROWS);
    }

    ManifestReader(LanceDatasets datasets, long maxRows) {
        this.datasets = datasets;
        this.maxRows = maxRows;
    }

    /**
     * The newest version on main.
     *
     * @throws MalformedManifestException when the dataset is no manifest of the one format that is read
     * @throws IOException when its newest version file cannot be read
     */
    ManifestState read(DatasetLocation location) throws LanceException, MalformedManifestException, IOException {
        requireFramed(location);
        try (Dataset dataset = datasets.open(location)) {
            return read(dataset, LanceFailures.call(() -> branches(dataset)));
        }
    }

    /** The same of one that this process has just made: its version files are known to be whole, and it has no branches. */
    ManifestState readOwn(DatasetLocation location) throws LanceException, MalformedManifestException {
        try (Dataset dataset = datasets.open(location)) {
            return read(dataset, List.of());
        }
    }

    private ManifestState read(Dataset dataset, List<String> branches)
            throws LanceException, MalformedManifestException {
        ManifestState.Builder state = new ManifestState.Builder();
        scan(dataset, state::add);
        return state.build(dataset.version(), branches);
    }

    /**
     * The newest commit of main and of every other branch but the lock branch, by the name of the branch.
     *
     * @throws MalformedManifestException when one of them is no manifest of the one format that is read
     * @throws IOException when the newest version file on main cannot be read
     */
    SortedMap<String, String> heads(DatasetLocation location)
            throws LanceException, MalformedManifestException, IOException {
        requireFramed(location);
        SortedMap<String, String> heads = new TreeMap<>(Utf8Order.COMPARATOR);
        try (Dataset main = datasets.open(location)) {
            heads.put(MAIN, head(main));
            List<String> branches = LanceFailures.call(() -> branches(main));
            if (branches.size() > MAX_BRANCHES) {
                throw new MalformedManifestException("it has more than " + MAX_BRANCHES + " branches");
            }
            for (String name : branches) {
                if (!name.equals(GraphLayout.LOCK_BRANCH)) {
                    try (Dataset branch = LanceFailures.call(() -> main.checkout(Ref.ofBranch(name)))) {
                        heads.put(name, head(branch));
                    }
                }
            }
        }
        return heads;
    }

    private String head(Dataset branch) throws LanceException, MalformedManifestException {
        return read(branch, List.of()).headCommit();
    }

    /** The newest commit that an actor made on the branch at a location; where there is none, the newest of all. */
    String newestCommitOf(String actor, DatasetLocation location)
            throws LanceException, MalformedManifestException, IOException {
        requireFramed(location);
        List<ManifestRow.GraphCommit> commits = new ArrayList<>();
        try (Dataset dataset = datasets.open(location)) {
            scan(dataset, row -> {
                if (row instanceof ManifestRow.GraphCommit commit) {
                    commits.add(commit);
                }
            });
        }
        commits.sort(Comparator.comparing((ManifestRow.GraphCommit commit) ->
                        commit.metadata().actor().equals(Optional.of(actor)))
                .thenComparing(ManifestState.Builder.BY_AGE));
        if (commits.isEmpty()) {
            throw new MalformedManifestException("there is no commit among the rows");
        }
        return commits.get(commits.size() - 1).id();
    }

    /**
     * Whether main has this commit.
     *
     * @throws MalformedManifestException when the dataset is no manifest of the one format that is read
     * @throws IOException when its newest version file cannot be read
     */
    boolean hasCommit(DatasetLocation location, String commit)
            throws LanceException, MalformedManifestException, IOException {
        requireFramed(location);
        boolean[] found = {false};
        try (Dataset dataset = datasets.open(location)) {
            scan(
                    dataset,
                    row -> found[0] |= row instanceof ManifestRow.GraphCommit known
                            && known.id().equals(commit));
        }
        return found[0];
    }

    static void requireFramed(DatasetLocation location) throws MalformedManifestException, IOException {
        Optional<VersionFile> newest = location.newestVersion();
        if (newest.isPresent() && !newest.get().isFramed()) {
            throw new MalformedManifestException(
                    "its newest version file, " + VersionFile.name(newest.get().version()) + ", is damaged");
        }
    }

    /** The newest version on the branch at a location, for a publish. Whoever opens it closes it. */
    Dataset open(DatasetLocation location) throws LanceException {
        return datasets.open(location);
    }

    private static Map<String, String> schemaMetadata(Dataset dataset) {
        return dataset.getSchema().getCustomMetadata();
    }

    /** Every row of an open manifest that this version knows, in any order, once its stamp is the supported one. */
    void scan(Dataset dataset, Consumer<ManifestRow> rowTaker) throws LanceException, MalformedManifestException {
        ManifestStamp.require(LanceFailures.call(() -> schemaMetadata(dataset)));
        try (ArrowReader reader =
                LanceFailures.call(() -> dataset.sql(ManifestTable.QUERY).intoBatchRecords())) {
            long rows = 0;
            while (LanceFailures.call(reader::loadNextBatch)) {
                VectorSchemaRoot batch = LanceFailures.call(reader::getVectorSchemaRoot);
                rows += batch.getRowCount();
                if (rows > maxRows) {
                    throw new MalformedManifestException("it has more than " + maxRows + " rows");
                }
                for (int row = 0; row < batch.getRowCount(); row++) {
                    ManifestRow.of(ManifestTable.read(batch, row)).ifPresent(rowTaker);
                }
            }
        } catch (IOException e) {
            throw LanceFailures.of(e);
        }
    }

    private static List<String> branches(Dataset dataset) {
        return dataset.branches().list().stream()
                .map(Branch::getName)
                .sorted(Utf8Order.COMPARATOR)
                .toList();
    }
}
