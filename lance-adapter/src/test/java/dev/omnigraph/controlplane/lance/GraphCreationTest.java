package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.TableObservation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lance.Dataset;
import org.lance.schema.LanceField;

/** Graphs created here are those that the engine creates (graph-format.md 5 and 10.3). */
class GraphCreationTest {

    private static final Map<String, String> BLOB = Map.of("ARROW:extension:name", "lance.blob.v2");

    @TempDir
    Path folder;

    @Test
    void everyFileIsTheOneThatTheEngineWrites() throws Exception {
        Path engines = folder.resolve("engine.omni");
        GoldenGraphs.copy("fresh", engines);

        try (TestCluster cluster = new TestCluster(folder)) {
            assertThat(cluster.create("ours", GoldenGraphs.schema("fresh"))).isEqualTo(TestCluster.CREATED);

            Map<String, List<String>> expected = DatasetFiles.below(engines);
            assertThat(expected).hasSize(23);
            assertThat(DatasetFiles.below(cluster.path("ours"))).isEqualTo(expected);
        }
    }

    @Test
    void everyRowOfTheManifestIsTheOneThatTheEngineWrites() throws Exception {
        Path engines = folder.resolve("engine.omni");
        GoldenGraphs.copy("fresh", engines);

        try (TestCluster cluster = new TestCluster(folder)) {
            cluster.create("ours", GoldenGraphs.schema("fresh"));

            List<String> expected = ManifestRecords.normalised(
                    ManifestRecords.of(new FolderLocation(engines)), GoldenGraphs.RECORDED_AT);
            assertThat(expected).hasSize(10);
            assertThat(ManifestRecords.normalised(
                            ManifestRecords.of(cluster.location("ours")),
                            cluster.path("ours").toString()))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void theVersionsOfTablesAreDescribedAsTheirFilesAre() throws Exception {
        try (TestCluster cluster = new TestCluster(folder)) {
            cluster.create("ours", TestCluster.SCHEMA);

            Path table = cluster.path("ours").resolve("nodes/40d76f1f51639ec0/_versions/18446744073709551614.manifest");
            long inode = (Long) Files.getAttribute(table, "unix:ino");
            long micros = Files.getLastModifiedTime(table).to(TimeUnit.MICROSECONDS);
            long size = Files.size(table);
            assertThat(ManifestRecords.of(cluster.location("ours")))
                    .filteredOn(row -> row.objectId().equals("node:Person$00000000000000000001"))
                    .extracting(ManifestRecord::metadata)
                    .containsExactly(Optional.of(String.format(
                            "{\"manifest_path\":\"%s\",\"manifest_size\":%d,\"e_tag\":\"%x-%x-%x\",\"naming_scheme\":\"V2\"}",
                            table.toString().substring(1), size, inode, micros, size)));
        }
    }

    @Test
    void everyDatasetHasTheOptionsOfTheEngine() throws Exception {
        try (TestCluster cluster = new TestCluster(folder)) {
            cluster.create("ours", TestCluster.SCHEMA);

            List<String> tables = List.of("nodes/40d76f1f51639ec0", "edges/602a25a3bd0b455b");
            for (String table : tables) {
                withDataset(cluster.path("ours").resolve(table), dataset -> {
                    assertThat(dataset.version()).isEqualTo(1);
                    assertThat(dataset.getFragments()).isEmpty();
                    assertThat(dataset.getConfig()).isEmpty();
                    assertThat(dataset.getTableMetadata()).isEmpty();
                });
            }
            withDataset(cluster.path("ours").resolve("__manifest"), manifest -> {
                assertThat(manifest.version()).isEqualTo(3);
                assertThat(manifest.getConfig()).containsExactly(Map.entry("table_version_management", "true"));
                assertThat(manifest.getSchema().getCustomMetadata())
                        .containsExactly(Map.entry("omnigraph:internal_schema_version", "4"));
                assertThat(manifest.getLanceSchema().getUnenforcedPrimaryKey())
                        .extracting(LanceField::getName)
                        .containsExactly("object_id");
            });
        }
    }

    private interface Look {
        void at(Dataset dataset);
    }

    private static void withDataset(Path location, Look look) {
        try (RootAllocator allocator = LanceRuntime.start();
                Dataset dataset = Dataset.open()
                        .allocator(allocator)
                        .uri(location.toString())
                        .build()) {
            assertThat(dataset.hasStableRowIds()).isTrue();
            assertThat(dataset.getLanceFileFormatVersion()).isEqualTo("2.2");
            look.at(dataset);
        }
    }

    @Test
    void aSchemaOfEveryTypeBecomesAGraphThatOpens() {
        try (TestCluster cluster = new TestCluster(folder)) {
            assertThat(cluster.create("wide", WideSchema.SOURCE)).isEqualTo(TestCluster.CREATED);

            assertThat(cluster.observe("wide")).isInstanceOfSatisfying(GraphObservation.Opened.class, opened -> {
                assertThat(opened.schemaSource()).isEqualTo(WideSchema.SOURCE);
                assertThat(opened.tables())
                        .extracting(TableObservation::key)
                        .containsExactly("edge:Cites", "edge:Mentions", "node:Everything", "node:Note", "node:Tag");
            });
        }
    }

    @Test
    void columnsAreStoredAsDeclared() {
        try (TestCluster cluster = new TestCluster(folder)) {
            cluster.create("wide", WideSchema.SOURCE);

            List<Field> columns = new ArrayList<>();
            withDataset(
                    cluster.path("wide").resolve(WideSchema.EVERYTHING),
                    dataset -> columns.addAll(dataset.getSchema().getFields()));
            assertThat(columns).extracting(Field::toString).containsExactlyElementsOf(WideSchema.COLUMNS_OF_EVERYTHING);
            assertThat(columns)
                    .filteredOn(column -> !column.getMetadata().isEmpty())
                    .extracting(Field::getName, Field::getMetadata)
                    .containsExactly(tuple("blob", BLOB), tuple("blobMaybe", BLOB));
        }
    }

    @Test
    void aSchemaWithoutTypesBecomesAGraphWithoutTables() {
        try (TestCluster cluster = new TestCluster(folder)) {
            assertThat(cluster.create("empty", "")).isEqualTo(TestCluster.CREATED);

            assertThat(cluster.folders("empty"))
                    .noneMatch(name -> name.startsWith("nodes") || name.startsWith("edges"));
            assertThat(cluster.observe("empty"))
                    .isInstanceOfSatisfying(
                            GraphObservation.Opened.class,
                            opened -> assertThat(opened.tables()).isEmpty());
        }
    }
}
