package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import dev.omnigraph.controlplane.testing.Recordings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine made of a recorded graph by its own schema applies, ours make of it too. */
class RecordedMigrationTest {

    private static final Pattern ULID = Pattern.compile("[0-9A-HJKMNP-TV-Z]{26}");

    /** Lance keeps files that are younger than the versions it keeps: a write that goes on may need them. */
    private static final FileTime BEFORE_THE_RECORDING = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    Path folder;

    @BeforeEach
    void copyTheGraphBeforeTheMigrations() throws Exception {
        Path root = folder.resolve("graphs/ours.omni");
        GoldenGraphs.copy("loaded", root);
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, BEFORE_THE_RECORDING);
            }
        }
    }

    @Test
    void aPropertyIsAdded() throws Exception {
        try (TestCluster cluster = new TestCluster(folder)) {
            cluster.migrate("ours", schema("migrated-v2", "v2"), DropMode.SOFT);

            compareWith("migrated-v2", cluster);
        }
    }

    @Test
    void everythingElseIsChanged() throws Exception {
        try (TestCluster cluster = new TestCluster(folder)) {
            cluster.migrate("ours", schema("migrated-v3", "v2"), DropMode.SOFT);
            cluster.migrate("ours", schema("migrated-v3", "v3"), DropMode.SOFT);

            compareWith("migrated-v3", cluster);
        }
    }

    @Test
    void dropsAreHard() throws Exception {
        try (TestCluster cluster = new TestCluster(folder)) {
            cluster.migrate("ours", schema("hard-dropped", "v2"), DropMode.SOFT);
            cluster.migrate("ours", schema("hard-dropped", "v3"), DropMode.HARD);

            compareWith("hard-dropped", cluster);
        }
    }

    private void compareWith(String recording, TestCluster cluster) throws Exception {
        Path ours = cluster.path("ours");
        Path engines = cluster.path("engines");
        GoldenGraphs.copy(recording, engines);

        assertThat(withoutIds(TableContents.of(new FolderLocation(ours))))
                .isEqualTo(withoutIds(TableContents.of(new FolderLocation(engines))));
        assertThat(normalised(ours)).containsExactlyInAnyOrderElementsOf(normalised(engines));
        GraphObservation.Opened live = (GraphObservation.Opened) cluster.observe("ours");
        GraphObservation.Opened expected = (GraphObservation.Opened) cluster.observe("engines");
        assertThat(live.tables()).isEqualTo(expected.tables());
        assertThat(live.manifestVersion()).isEqualTo(expected.manifestVersion());
        assertThat(live.schemaSource()).isEqualTo(expected.schemaSource());
        assertThat(live.branches()).isEmpty();
        assertThat(DatasetFiles.names(ours)).isEqualTo(DatasetFiles.names(engines));
    }

    private static String schema(String recording, String version) {
        return Recordings.text("golden-graphs/" + recording + "/" + version + ".pg");
    }

    /** Each recording is of a load of its own, which gave edges ids of its own. */
    private static List<String> withoutIds(Map<String, List<Map<String, String>>> contents) {
        return contents.entrySet().stream()
                .map(Map.Entry::toString)
                .map(text -> ULID.matcher(text).replaceAll("ULID"))
                .toList();
    }

    private static List<String> normalised(Path root) throws Exception {
        return ManifestRecords.normalised(ManifestRecords.of(new FolderLocation(root)), root.toString()).stream()
                .map(row -> row.replace(GoldenGraphs.RECORDED_AT.substring(1), "ROOT"))
                .toList();
    }
}
