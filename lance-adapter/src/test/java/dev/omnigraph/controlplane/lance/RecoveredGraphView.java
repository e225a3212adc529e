package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.storage.ListOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Dataset;

/**
 * What two recoveries of one graph are compared by.
 *
 * @param files the text objects of the graph by name
 * @param rows of main and of each branch
 * @param manifest the rows of the manifest on main and on each branch, without ids and times
 * @param audit the rows of the audit, without ids and times
 */
record RecoveredGraphView(
        Map<String, String> files,
        Map<String, List<String>> rows,
        Map<String, List<String>> manifest,
        List<String> audit) {

    /** A graph that was copied names the versions from before with the place where they were then. */
    private static final Pattern VERSION_FILE =
            Pattern.compile("\"manifest_path\":\"[^\"]*?(ROOT|" + InterruptedGraph.NAME + ")/");

    static RecoveredGraphView of(DatasetLocation root) throws Exception {
        Map<String, List<String>> rows = new TreeMap<>();
        Map<String, List<String>> manifest = new TreeMap<>();
        for (Optional<String> branch : branches(root)) {
            String name = branch.orElse("main");
            rows.put(name, GraphRows.of(root, branch));
            DatasetLocation dataset = GraphLayout.onBranch(root.resolve(GraphLayout.MANIFEST), branch);
            manifest.put(
                    name,
                    ManifestRecords.normalised(ManifestRecords.ofDataset(dataset), root.uri()).stream()
                            .map(row -> VERSION_FILE.matcher(row).replaceAll("\"manifest_path\":\""))
                            .sorted()
                            .toList());
        }
        return new RecoveredGraphView(files(root), rows, manifest, audit(root));
    }

    /** Compares part by part, the most telling one first. */
    void assertEqualTo(RecoveredGraphView other) {
        assertThat(rows).isEqualTo(other.rows);
        assertThat(audit).isEqualTo(other.audit);
        assertThat(manifest).isEqualTo(other.manifest);
        assertThat(files).isEqualTo(other.files);
    }

    private static List<Optional<String>> branches(DatasetLocation root) throws Exception {
        List<Optional<String>> branches = new ArrayList<>(List.of(Optional.empty()));
        try (RootAllocator allocator = LanceRuntime.start()) {
            new ManifestReader(new LanceDatasets(allocator))
                    .read(root.resolve(GraphLayout.MANIFEST))
                    .branches()
                    .forEach(branch -> branches.add(Optional.of(branch)));
        }
        return branches;
    }

    private static Map<String, String> files(DatasetLocation root) throws Exception {
        return root instanceof FolderLocation folder ? files(folder.path()) : files((BucketLocation) root);
    }

    private static Map<String, String> files(Path root) throws Exception {
        Map<String, String> files = new TreeMap<>();
        for (Path folder : List.of(root, root.resolve(GraphLayout.RECOVERY))) {
            if (Files.exists(folder)) {
                try (Stream<Path> all = Files.list(folder)) {
                    for (Path file : all.filter(Files::isRegularFile).toList()) {
                        files.put(root.relativize(file).toString(), Files.readString(file));
                    }
                }
            }
        }
        return files;
    }

    private static Map<String, String> files(BucketLocation root) throws Exception {
        Map<String, String> files = new TreeMap<>();
        for (BucketLocation folder : List.of(root, root.resolve(GraphLayout.RECOVERY))) {
            ListOutcome.Listed listed =
                    (ListOutcome.Listed) root.bucket().store().list(folder.key());
            for (ListOutcome.Entry entry : listed.entries()) {
                if (entry.kind() == ListOutcome.Kind.OBJECT) {
                    BucketLocation file = new BucketLocation(root.bucket(), entry.key());
                    files.put(
                            file.uri().substring(root.uri().length() + 1),
                            file.read().text().orElseThrow());
                }
            }
        }
        return files;
    }

    private static List<String> audit(DatasetLocation root) throws Exception {
        DatasetLocation location = root.resolve(RecoveryAudit.DATASET);
        List<String> rows = new ArrayList<>();
        if (!location.isPresent()) {
            return rows;
        }
        try (RootAllocator allocator = LanceRuntime.start();
                Dataset dataset = new LanceDatasets(allocator).open(location);
                ArrowReader reader = dataset.sql("SELECT * FROM dataset").intoBatchRecords()) {
            while (reader.loadNextBatch()) {
                VectorSchemaRoot batch = reader.getVectorSchemaRoot();
                for (int row = 0; row < batch.getRowCount(); row++) {
                    StringBuilder text = new StringBuilder();
                    for (FieldVector column : batch.getFieldVectors()) {
                        if (!column.getName().equals("graph_commit_id")
                                && !column.getName().equals("created_at")) {
                            text.append(column.getObject(row)).append(' ');
                        }
                    }
                    rows.add(text.toString());
                }
            }
        }
        return rows;
    }
}
