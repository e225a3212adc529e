package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.graph.GraphObservation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lance.Dataset;

/** What is no graph, or a damaged one, does not open, and the reason says which file and why. */
class UnopenableGraphTest {

    private static final String NEWEST_VERSION = "__manifest/_versions/18446744073709551612.manifest";
    private static final String OTHER_SCHEMA = "node Person {\n  name: String @key\n  age: I32?\n}\n";

    @TempDir
    Path folder;

    /** Changes a good graph. */
    interface Damage {
        void to(Path root) throws Exception;
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage("the root is gone", UnopenableGraphTest::deleteAll, "there is nothing at "),
                damage(
                        "the root is an empty folder",
                        root -> {
                            deleteAll(root);
                            Files.createDirectories(root);
                        },
                        "there is nothing at "),
                damage("no manifest", root -> deleteAll(root.resolve("__manifest")), "__manifest is missing"),
                damage(
                        "an empty manifest folder",
                        root -> {
                            deleteAll(root.resolve("__manifest"));
                            Files.createDirectories(root.resolve("__manifest"));
                        },
                        "__manifest is missing"),
                damage(
                        "a file in place of the manifest",
                        root -> {
                            deleteAll(root.resolve("__manifest"));
                            Files.writeString(root.resolve("__manifest"), "");
                        },
                        "__manifest cannot be read: "),
                damage(
                        "created up to the manifest's configuration",
                        root -> Files.delete(root.resolve(NEWEST_VERSION)),
                        "__manifest is no usable manifest: it has no format stamp"),
                damage("an older stamp", root -> stamp(root, "3"), "format stamp is `3`, and only 4 is read: export"),
                damage("a newer stamp", root -> stamp(root, "5"), "format stamp is `5`, and only 4 is read: a newer"),
                damage("a stamp that is no number", root -> stamp(root, "four"), "format stamp is `four`, and only 4"),
                damage(
                        "a truncated version file",
                        root -> truncate(root.resolve(NEWEST_VERSION), 100),
                        "__manifest is no usable manifest: its newest version file, 18446744073709551612.manifest, is"
                                + " damaged"),
                damage("an empty version file", root -> truncate(root.resolve(NEWEST_VERSION), 0), "is damaged"),
                damage(
                        "a version file that a power loss left as zeros",
                        root -> Files.write(root.resolve(NEWEST_VERSION), new byte[800]),
                        "is damaged"),
                damage(
                        "a version file with lengths that point beyond its end",
                        root -> overwrite(root.resolve(NEWEST_VERSION), (byte) 0x5a, 24),
                        "is damaged"),
                damage(
                        "a data file of the manifest is gone",
                        root -> Files.delete(dataFile(root)),
                        "__manifest cannot be read: "),
                damage(
                        "a data file of the manifest is cut short",
                        root -> truncate(dataFile(root), 500),
                        "__manifest cannot be read: "),
                damage(
                        "a branch that cannot be read",
                        root -> write(root, "__manifest/_refs/branches/review.json", "{"),
                        "__manifest cannot be read: "),
                damage(
                        "rows that make no graph",
                        root -> manifestWith(
                                root,
                                new ManifestRow.TableVersion(
                                        "node:A",
                                        1,
                                        Optional.empty(),
                                        0,
                                        new VersionMetadata(
                                                "p", OptionalLong.empty(), Optional.empty(), Optional.empty()))),
                        "__manifest is no usable manifest: the table node:A has versions but no table row"),
                damage("no source", root -> Files.delete(root.resolve("_schema.pg")), "_schema.pg is missing"),
                damage(
                        "a source that is no text",
                        root -> Files.write(root.resolve("_schema.pg"), new byte[] {(byte) 0xff}),
                        "_schema.pg is not UTF-8"),
                damage(
                        "a folder in place of the source",
                        root -> {
                            Files.delete(root.resolve("_schema.pg"));
                            Files.createDirectories(root.resolve("_schema.pg"));
                        },
                        "_schema.pg cannot be read: "),
                damage(
                        "a source that does not compile",
                        root -> write(root, "_schema.pg", "node {"),
                        "_schema.pg does not compile: "),
                damage(
                        "another source",
                        root -> write(root, "_schema.pg", OTHER_SCHEMA),
                        "_schema.pg is not the schema that the graph has accepted"),
                damage(
                        "no accepted schema",
                        root -> Files.delete(root.resolve("_schema.ir.json")),
                        "_schema.ir.json is missing"),
                damage(
                        "an accepted schema that is no JSON",
                        root -> write(root, "_schema.ir.json", "{"),
                        "_schema.ir.json is invalid: "),
                damage(
                        "an accepted schema of another version",
                        root -> replace(root, "_schema.ir.json", "\"ir_version\": 1", "\"ir_version\": 2"),
                        "_schema.ir.json is invalid: "),
                damage(
                        "another accepted schema",
                        root -> replace(root, "_schema.ir.json", "\"max\": null", "\"max\": 3"),
                        "_schema.ir.json is not the schema whose hash __schema_state.json records"),
                damage(
                        "no state",
                        root -> Files.delete(root.resolve("__schema_state.json")),
                        "__schema_state.json is missing"),
                damage(
                        "a state that is no JSON",
                        root -> write(root, "__schema_state.json", ""),
                        "__schema_state.json is invalid: "),
                damage(
                        "a state of another format",
                        root -> replace(root, "__schema_state.json", "\"format_version\": 1", "\"format_version\": 2"),
                        "__schema_state.json is invalid: "),
                damage(
                        "a state of another schema",
                        root -> replace(root, "__schema_state.json", "sha256:", "sha256:0"),
                        "_schema.ir.json is not the schema whose hash __schema_state.json records"),
                damage(
                        "neither accepted schema nor state, which the engine would write",
                        root -> {
                            Files.delete(root.resolve("_schema.ir.json"));
                            Files.delete(root.resolve("__schema_state.json"));
                        },
                        "_schema.ir.json is missing"));
    }

    private static Arguments damage(String what, Damage damage, String reason) {
        return Arguments.of(what, damage, reason);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void theReasonNamesTheFileAndTheCause(String what, Damage damage, String reason) throws Exception {
        try (TestCluster cluster = new TestCluster(folder)) {
            cluster.create("people", TestCluster.SCHEMA);
            damage.to(cluster.path("people"));

            GraphObservation observation = cluster.observe("people");

            assertThat(observation)
                    .isInstanceOfSatisfying(
                            GraphObservation.NotOpenable.class,
                            closed ->
                                    assertThat(closed.reason()).contains(reason).doesNotContain(".rs:"));
        }
    }

    static Stream<Arguments> harmless() {
        return Stream.of(
                harmless("a sidecar that cannot be read", root -> write(root, "__recovery/01M8.json", "{")),
                harmless("staging files", root -> write(root, "_schema.pg.staging", OTHER_SCHEMA)),
                harmless("an unfinished write", root -> write(root, "_schema.ir.json#7", "{")),
                harmless("a table that is gone", root -> deleteAll(root.resolve("nodes"))),
                harmless(
                        "an accepted schema in another layout, with keys of a later version",
                        root -> write(
                                root,
                                "_schema.ir.json",
                                Files.readString(root.resolve("_schema.ir.json"))
                                        .replaceAll("\\s+", "")
                                        .replace("{\"ir_version\":1", "{\"later\":true,\"ir_version\":1"))),
                harmless(
                        "a version hint that is wrong",
                        root -> write(root, "__manifest/_versions/latest_version_hint.json", "{\"version\":1}")),
                harmless(
                        "a branch whose creation was not finished",
                        root -> write(root, "__manifest/tree/review/_versions/18446744073709551612.manifest", "x")));
    }

    private static Arguments harmless(String what, Damage damage) {
        return Arguments.of(what, damage);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void aReadOnlyOpenDoesNotLookAt(String what, Damage damage) throws Exception {
        try (TestCluster cluster = new TestCluster(folder)) {
            cluster.create("people", TestCluster.SCHEMA);
            GraphObservation before = cluster.observe("people");
            damage.to(cluster.path("people"));

            assertThat(cluster.observe("people"))
                    .isInstanceOf(GraphObservation.Opened.class)
                    .isEqualTo(before);
        }
    }

    private static void write(Path root, String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static void replace(Path root, String file, String old, String replacement) throws IOException {
        String text = Files.readString(root.resolve(file));
        assertThat(text).contains(old);
        write(root, file, text.replace(old, replacement));
    }

    private static void truncate(Path file, int length) throws IOException {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
    }

    /** Overwrites a file but for its last bytes. */
    private static void overwrite(Path file, byte with, int spared) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 0, bytes.length - spared, with);
        Files.write(file, bytes);
    }

    private static Path dataFile(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("__manifest/data"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private static void deleteAll(Path path) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(path)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.delete(one);
        }
    }

    private static void stamp(Path root, String stamp) throws LanceException {
        try (RootAllocator allocator = LanceRuntime.start()) {
            LanceDatasets datasets = new LanceDatasets(allocator);
            try (Dataset manifest = datasets.open(new FolderLocation(root).resolve("__manifest"))) {
                datasets.addSchemaMetadata(manifest, ManifestStamp.KEY, stamp).close();
            }
        }
    }

    private static void manifestWith(Path root, ManifestRow row) throws Exception {
        deleteAll(root.resolve("__manifest"));
        try (RootAllocator allocator = LanceRuntime.start()) {
            new LanceDatasets(allocator)
                    .createManifest(new FolderLocation(root).resolve("__manifest"), List.of(row.toRecord()))
                    .close();
        }
        stamp(root, "4");
    }
}
