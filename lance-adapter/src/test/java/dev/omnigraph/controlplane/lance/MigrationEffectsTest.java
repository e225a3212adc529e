package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.SchemaPreview;
import dev.omnigraph.controlplane.language.schema.migration.DataEffect;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A preview says what a migration would do to the rows that are there, and writes nothing. */
class MigrationEffectsTest {

    private static final int ROWS = 22;

    @TempDir
    Path folder;

    private TestCluster cluster;

    @BeforeEach
    void createGraphWithRows() throws Exception {
        cluster = new TestCluster(folder);
        cluster.create("g", WideSchema.SOURCE);
        TestRows rows = new TestRows(cluster.location("g"));
        rows.load("node:Everything", ROWS);
        rows.load("edge:Mentions", ROWS);
        rows.delete("edge:Mentions", "score IS NULL");
    }

    @AfterEach
    void closeEngine() {
        cluster.close();
    }

    @Test
    void rowsAndBytesAreThoseOfTheTable() throws Exception {
        long bytes = bytesBelow(WideSchema.EVERYTHING + "/data");

        assertThat(effects(WideSchema.SOURCE.replace("bool: Bool\n", "bool: Bool\n  more: I32?\n  evenMore: I32?\n")))
                .containsExactly(new DataEffect(ROWS, bytes, 0), new DataEffect(ROWS, bytes, 0));
        assertThat(effects(WideSchema.SOURCE.replace("u32: U32\n", "small: U32 @rename_from(\"u32\")\n")))
                .containsExactly(new DataEffect(ROWS, bytes, 0));
        assertThat(effects(WideSchema.SOURCE
                        .replace("node Everything implements", "node Thing @rename_from(\"Everything\") implements")
                        .replace("Note -> Everything", "Note -> Thing")))
                .containsExactly(new DataEffect(ROWS, bytes, 0));
    }

    @Test
    void aDropNamesTheRowsThatLoseAValue() throws Exception {
        List<Map<String, String>> rows = TableContents.of(cluster.location("g")).get("node:Everything");
        for (String property : List.of("blobMaybe", "boolMaybe", "datesMaybe", "kindMaybe", "strings", "vectorMaybe")) {
            long losing = rows.stream()
                    .filter(row -> !row.get(property).equals("null"))
                    .count();
            assertThat(losing).isPositive();

            assertThat(effects(WideSchema.SOURCE.replaceFirst("(?m)^  " + property + ": .*\n", "")))
                    .as(property)
                    .singleElement()
                    .satisfies(effect -> assertThat(effect.rowsLosingValue()).isEqualTo(losing));
        }
    }

    @Test
    void aDroppedTypeLosesEveryRowThatIsLeft() throws Exception {
        long left = ((GraphObservation.Opened) cluster.observe("g"))
                .tables().stream()
                        .filter(table -> table.key().equals("edge:Mentions"))
                        .findFirst()
                        .orElseThrow()
                        .rows();
        assertThat(left).isBetween(1L, ROWS - 1L);

        assertThat(effects(WideSchema.SOURCE.replaceFirst("(?s)edge Mentions: .*?\\n}\\n", "")))
                .containsExactly(new DataEffect(0, 0, left));
    }

    @Test
    void whatMovesNoRowHasNoEffect() throws Exception {
        assertThat(effects(WideSchema.SOURCE
                                .replace("interface Named {", "interface Unused { one: I32? }\ninterface Named {")
                                .replace("node Note {", "node Note @description(\"a note\") {")
                                .replace("text: String?", "text: String? @index")
                        + "\nnode New { name: String @key }"))
                .hasSize(4)
                .containsOnly(DataEffect.NONE);
    }

    private List<DataEffect> effects(String schema) throws IOException {
        List<String> files = cluster.files("g");

        SchemaPreview preview = cluster.preview("g", schema, DropMode.SOFT);

        assertThat(preview).isInstanceOf(SchemaPreview.Previewed.class);
        assertThat(cluster.files("g")).isEqualTo(files);
        SchemaPreview.Previewed previewed = (SchemaPreview.Previewed) preview;
        GraphObservation.Opened live = (GraphObservation.Opened) cluster.observe("g");
        assertThat(previewed.liveDigest()).isEqualTo(live.schemaDigest());
        assertThat(previewed.manifestVersion()).isEqualTo(live.manifestVersion());
        assertThat(previewed.effects()).hasSameSizeAs(previewed.plan().steps());
        return previewed.effects();
    }

    private long bytesBelow(String path) throws IOException {
        long sum = 0;
        try (Stream<Path> walk = Files.walk(cluster.path("g").resolve(path))) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }
}
