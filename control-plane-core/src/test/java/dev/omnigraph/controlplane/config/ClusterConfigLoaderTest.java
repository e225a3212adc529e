package dev.omnigraph.controlplane.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.diagnostic.Severity;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterConfigLoaderTest {

    private static final String GRAPH = "version: 1\ngraphs:\n  g:\n    schema: a.pg\n";

    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        folder = Files.createDirectories(parent.resolve("config"));
        write("a.pg", "node A {\n  k: String @key\n}\n");
        write("broken.pg", "node A {\n  k String\n}\n");
        write("clash.pg", "node A { k: String @key }\nnode A { k: String @key }\n");
        write("q/a.gq", "query one() {\n  match { $a: A }\n  return { $a.k }\n}\n");
        write("again.gq", "query one() {\n  match { $a: A }\n  return { $a.k }\n}\n");
        write("broken.gq", "query b( {\n");
        write("wrong.gq", "query w() {\n  match { $a: B }\n  return { $a.k }\n}\n");
        write("none/readme", "nothing");
        write("p.yaml", "version: 1\n");
        Files.write(folder.resolve("latin1"), "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(parent.resolve("secret"), "query s() { match { $a: A } return { $a.k } }");
        Files.createDirectories(parent.resolve("outside"));
        Files.writeString(parent.resolve("outside/b.gq"), "query s() { match { $a: A } return { $a.k } }");
    }

    private static Arguments row(DiagnosticCode code, String path, String clusterYaml, String... inMessage) {
        return Arguments.of(code, path, clusterYaml, List.of(inMessage));
    }

    private static Arguments graphRow(DiagnosticCode code, String path, String lines, String... inMessage) {
        return row(code, path, "version: 1\ngraphs:\n  g:\n" + lines, inMessage);
    }

    private static Arguments providerRow(DiagnosticCode code, String path, String profile, String... inMessage) {
        return row(code, path, "version: 1\nproviders:\n  embedding:\n    " + profile, inMessage);
    }

    private static Arguments policyRow(DiagnosticCode code, String path, String policy, String... inMessage) {
        return row(code, path, GRAPH + "policies:\n  " + policy, inMessage);
    }

    private static Stream<Arguments> documents() {
        return Stream.of(
                row(
                        DiagnosticCode.DUPLICATE_YAML_KEY,
                        "graphs.g.schema",
                        GRAPH + "    schema: b.pg\n",
                        "line 5",
                        "graphs.g.schema"),
                row(
                        DiagnosticCode.FUTURE_PHASE_FIELD,
                        "pipelines",
                        "version: 1\npipelines: {}\n",
                        "line 2",
                        "`pipelines`"),
                row(
                        DiagnosticCode.INVALID_CLUSTER_YAML,
                        "cluster.yaml",
                        GRAPH + "    root: x\n",
                        "line 5, column 5",
                        "graphs.g",
                        "unknown field `root`",
                        "schema, queries, embedding_provider"),
                row(
                        DiagnosticCode.INVALID_CLUSTER_YAML,
                        "cluster.yaml",
                        "",
                        "line 1, column 1",
                        "`version` is missing"),
                row(
                        DiagnosticCode.INVALID_CLUSTER_YAML,
                        "cluster.yaml",
                        "version: 1\nmetadata: {name: [x}\n",
                        "line 2, column 20"),
                row(
                        DiagnosticCode.INVALID_CLUSTER_YAML,
                        "cluster.yaml",
                        "version: one\n",
                        "line 1, column 10",
                        "`one`"),
                row(DiagnosticCode.UNSUPPORTED_CLUSTER_CONFIG_VERSION, "version", "version: 2\n", "version 2"),
                row(
                        DiagnosticCode.EMPTY_METADATA_NAME,
                        "metadata.name",
                        "version: 1\nmetadata: {name: ' '}\n",
                        "metadata.name"),
                row(
                        DiagnosticCode.UNSUPPORTED_STATE_BACKEND,
                        "state.backend",
                        "version: 1\nstate: {backend: s3}\n",
                        "`s3`"),
                row(DiagnosticCode.INVALID_STORAGE_ROOT, "storage", "version: 1\nstorage: ' '\n", "blank"),
                row(
                        DiagnosticCode.INVALID_STORAGE_ROOT,
                        "storage",
                        "version: 1\nstorage: ./x\n",
                        "`./x`",
                        "/config/x`"));
    }

    private static Stream<Arguments> providers() {
        return Stream.of(
                providerRow(
                        DiagnosticCode.INVALID_RESOURCE_ID,
                        "providers.embedding.a b",
                        "a b: {kind: mock}\n",
                        "`a b`",
                        "provider"),
                providerRow(
                        DiagnosticCode.INVALID_EMBEDDING_PROVIDER,
                        "providers.embedding.p",
                        "p: {kind: x, api_key: '${K}'}\n",
                        "`p`",
                        "`x`"),
                providerRow(
                        DiagnosticCode.EMBEDDING_API_KEY_INLINE,
                        "providers.embedding.p.api_key",
                        "p: {api_key: s3cr3t}\n",
                        "`p`"),
                providerRow(
                        DiagnosticCode.EMBEDDING_API_KEY_REQUIRED,
                        "providers.embedding.p.api_key",
                        "p: {kind: openai}\n",
                        "`p`"));
    }

    private static Stream<Arguments> graphs() {
        return Stream.of(
                row(
                        DiagnosticCode.INVALID_RESOURCE_ID,
                        "graphs.1",
                        "version: 1\ngraphs: {1: {schema: a.pg}}\n",
                        "`1`",
                        "graph"),
                graphRow(
                        DiagnosticCode.DANGLING_EMBEDDING_PROVIDER_REFERENCE,
                        "graphs.g.embedding_provider",
                        "    schema: a.pg\n    embedding_provider: x\n",
                        "`x`"),
                graphRow(
                        DiagnosticCode.WRONG_KIND_REFERENCE,
                        "graphs.g.embedding_provider",
                        "    schema: a.pg\n    embedding_provider: graph.g\n",
                        "`graph.g`"),
                graphRow(
                        DiagnosticCode.SCHEMA_FILE_MISSING,
                        "graphs.g.schema",
                        "    schema: ./no.pg\n",
                        "/config/./no.pg`",
                        "does not exist"),
                graphRow(
                        DiagnosticCode.SCHEMA_FILE_MISSING,
                        "graphs.g.schema",
                        "    schema: latin1\n",
                        "/config/latin1`",
                        "not UTF-8"),
                graphRow(DiagnosticCode.SCHEMA_PARSE_ERROR, "graphs.g.schema", "    schema: broken.pg\n", "line 2"),
                graphRow(
                        DiagnosticCode.SCHEMA_CATALOG_ERROR,
                        "graphs.g.schema",
                        "    schema: clash.pg\n",
                        "line 2",
                        "A"),
                graphRow(
                        DiagnosticCode.PATH_OUTSIDE_CONFIG,
                        "graphs.g.schema",
                        "    schema: ../secret\n",
                        "`../secret`",
                        "outside"));
    }

    private static Stream<Arguments> queries() {
        String schema = "    schema: a.pg\n    queries: ";
        return Stream.of(
                graphRow(DiagnosticCode.QUERY_DIR_EMPTY, "graphs.g.queries", schema + "none/\n", "/config/none/`"),
                graphRow(DiagnosticCode.QUERY_FILE_MISSING, "graphs.g.queries", schema + "no/\n", "/config/no/`"),
                graphRow(
                        DiagnosticCode.QUERY_FILE_MISSING,
                        "graphs.g.queries.one.file",
                        schema + "{one: {file: no.gq}}\n",
                        "/config/no.gq`"),
                graphRow(
                        DiagnosticCode.QUERY_PARSE_ERROR,
                        "graphs.g.queries",
                        schema + "broken.gq\n",
                        "/config/broken.gq`",
                        "line "),
                graphRow(
                        DiagnosticCode.QUERY_PARSE_ERROR,
                        "graphs.g.queries.b",
                        schema + "{b: {file: broken.gq}}\n",
                        "/config/broken.gq`",
                        "line "),
                graphRow(
                        DiagnosticCode.DUPLICATE_QUERY_NAME,
                        "graphs.g.queries.one",
                        schema + "[q/, again.gq]\n",
                        "`one`",
                        "`q/a.gq`",
                        "`again.gq`"),
                graphRow(
                        DiagnosticCode.QUERY_KEY_MISMATCH,
                        "graphs.g.queries.two",
                        schema + "{two: {file: q/a.gq}}\n",
                        "/config/q/a.gq`",
                        "`two`"),
                graphRow(
                        DiagnosticCode.QUERY_TYPECHECK_ERROR,
                        "graphs.g.queries.w",
                        schema + "wrong.gq\n",
                        "`w`",
                        "`g`",
                        "line 2, column "),
                graphRow(
                        DiagnosticCode.PATH_OUTSIDE_CONFIG,
                        "graphs.g.queries",
                        schema + "../outside\n",
                        "`../outside`"),
                graphRow(
                        DiagnosticCode.PATH_OUTSIDE_CONFIG,
                        "graphs.g.queries",
                        schema + "[../secret]\n",
                        "`../secret`"),
                graphRow(
                        DiagnosticCode.PATH_OUTSIDE_CONFIG,
                        "graphs.g.queries.s.file",
                        schema + "{s: {file: ../secret}}\n",
                        "`../secret`"));
    }

    private static Stream<Arguments> policies() {
        return Stream.of(
                policyRow(
                        DiagnosticCode.INVALID_RESOURCE_ID,
                        "policies.-p",
                        "-p: {file: p.yaml, applies_to: [g]}\n",
                        "`-p`",
                        "policy"),
                policyRow(
                        DiagnosticCode.POLICY_MISSING_APPLIES_TO,
                        "policies.p.applies_to",
                        "p: {file: p.yaml, applies_to: []}\n",
                        "`p`"),
                policyRow(
                        DiagnosticCode.WRONG_KIND_REFERENCE,
                        "policies.p.applies_to[1]",
                        "p: {file: p.yaml, applies_to: [g, a.b]}\n",
                        "`a.b`"),
                policyRow(
                        DiagnosticCode.DANGLING_GRAPH_REFERENCE,
                        "policies.p.applies_to[0]",
                        "p: {file: p.yaml, applies_to: [graph.x]}\n",
                        "`x`"),
                policyRow(
                        DiagnosticCode.POLICY_FILE_MISSING,
                        "policies.p.file",
                        "p: {file: q, applies_to: [g]}\n",
                        "/config/q`",
                        "is a folder"),
                policyRow(
                        DiagnosticCode.PATH_OUTSIDE_CONFIG,
                        "policies.p.file",
                        "p: {file: ../secret, applies_to: [g]}\n",
                        "`../secret`"));
    }

    @ParameterizedTest
    @MethodSource({"documents", "providers", "graphs", "queries", "policies"})
    void eachFindingNamesItsPlace(DiagnosticCode code, String path, String clusterYaml, List<String> inMessage)
            throws IOException {
        List<Diagnostic> findings = load(clusterYaml).diagnostics();

        assertThat(findings).hasSize(1);
        Diagnostic finding = findings.get(0);
        assertThat(finding.code()).isEqualTo(code);
        assertThat(finding.severity()).isEqualTo(code.severity());
        assertThat(finding.path()).isEqualTo(path);
        assertThat(finding.message()).contains(inMessage);
    }

    @Test
    void aSecretIsNeverShown() throws IOException {
        assertThat(load("version: 1\nproviders: {embedding: {p: {api_key: s3cr3t}}}\n")
                        .diagnostics()
                        .get(0)
                        .message())
                .doesNotContain("s3cr3t");
    }

    @Test
    void aQueryOfAnUnusableSchemaIsNotChecked() throws IOException {
        List<Diagnostic> findings = load("version: 1\ngraphs: {g: {schema: broken.pg, queries: [q, wrong.gq]}}\n")
                .diagnostics();

        assertThat(findings)
                .extracting(Diagnostic::path)
                .containsExactly("graphs.g.schema", "graphs.g.queries.one", "graphs.g.queries.w");
        assertThat(findings.get(1).code()).isEqualTo(DiagnosticCode.QUERY_TYPECHECK_SKIPPED);
        assertThat(findings.get(1).severity()).isEqualTo(Severity.WARNING);
        assertThat(findings.get(1).message()).contains("`one`", "`g`");
    }

    @Test
    void aFolderThatIsNotThereIsReportedAsItWasGiven() {
        ConfigLoad load =
                ClusterConfigLoader.load(new FolderConfigSource(Path.of("no/such/folder")), LoadOptions.CONFINED);

        assertThat(load.desired()).isEmpty();
        assertThat(load.diagnostics()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(DiagnosticCode.CONFIG_DIR_NOT_FOUND);
            assertThat(finding.path()).isEqualTo("no/such/folder");
            assertThat(finding.message()).contains("`no/such/folder`");
        });
    }

    @Test
    void aConfigurationThatCannotBeReadIsReported() throws IOException {
        ConfigLoad missing = ClusterConfigLoader.load(new FolderConfigSource(folder), LoadOptions.CONFINED);
        Files.copy(folder.resolve("latin1"), folder.resolve("cluster.yaml"));
        ConfigLoad latin1 = ClusterConfigLoader.load(new FolderConfigSource(folder), LoadOptions.CONFINED);

        for (ConfigLoad load : List.of(missing, latin1)) {
            assertThat(load.desired()).isEmpty();
            assertThat(load.diagnostics()).singleElement().satisfies(finding -> {
                assertThat(finding.code()).isEqualTo(DiagnosticCode.CLUSTER_CONFIG_READ_ERROR);
                assertThat(finding.path()).isEqualTo("cluster.yaml");
                assertThat(finding.message()).contains(folder + "/cluster.yaml");
            });
        }
    }

    /** Improvement I25: a link must not make the service quote a foreign file. */
    @Test
    void theConfigurationItselfMayNotBeALinkToTheOutsideUnlessAllowed() throws IOException {
        Files.writeString(parent.resolve("elsewhere.yaml"), "version: 1\n");
        Files.createSymbolicLink(folder.resolve("cluster.yaml"), parent.resolve("elsewhere.yaml"));

        ConfigLoad confined = ClusterConfigLoader.load(new FolderConfigSource(folder), LoadOptions.CONFINED);
        ConfigLoad allowed =
                ClusterConfigLoader.load(new FolderConfigSource(folder), new LoadOptions(SourceScope.ANYWHERE));

        assertThat(confined.diagnostics()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(DiagnosticCode.PATH_OUTSIDE_CONFIG);
            assertThat(finding.path()).isEqualTo("cluster.yaml");
        });
        assertThat(allowed.hasErrors()).isFalse();
    }

    /** Improvement I25. */
    @Test
    void sourcesOutsideAreLoadedWhereThatIsAllowed() throws IOException {
        write("cluster.yaml", "version: 1\ngraphs: {g: {schema: a.pg, queries: [../outside]}}\n");

        ConfigLoad load =
                ClusterConfigLoader.load(new FolderConfigSource(folder), new LoadOptions(SourceScope.ANYWHERE));

        assertThat(load.diagnostics()).isEmpty();
        assertThat(load.desired().orElseThrow().resources())
                .contains(new DesiredResource(
                        new ResourceAddress.Query("g", "s"),
                        load.desired()
                                .orElseThrow()
                                .graphs()
                                .get("g")
                                .queries()
                                .get("s")
                                .digest(),
                        Optional.of(folder + "/../outside/b.gq")));
    }

    /** Improvement I25: a listed folder lies inside, a file of it is a link to the outside. */
    @Test
    void aLinkInAListedFolderIsRefused() throws IOException {
        Files.createSymbolicLink(folder.resolve("q/b.gq"), parent.resolve("outside/b.gq"));

        ConfigLoad load = load("version: 1\ngraphs: {g: {schema: a.pg, queries: q}}\n");

        assertThat(load.diagnostics()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(DiagnosticCode.PATH_OUTSIDE_CONFIG);
            assertThat(finding.path()).isEqualTo("graphs.g.queries");
            assertThat(finding.message()).contains("`q/b.gq`");
        });
        assertThat(load.desired().orElseThrow().graphs().get("g").queries()).containsOnlyKeys("one");
    }

    /** Improvement I26: the value is only carried on. */
    @Test
    void aDisabledLockIsNoFinding() throws IOException {
        ConfigLoad load = load("version: 1\nstate: {lock: false}\n");

        assertThat(load.diagnostics()).isEmpty();
        assertThat(load.desired().orElseThrow().lockEnabled()).isFalse();
    }

    @Test
    void onlyNamesWithTheExtensionAreQueryFiles() throws IOException {
        write("q/.gq", "query hidden() { match { $a: A } return { $a.k } }");
        write("q/b.gqx", "query other() { match { $a: A } return { $a.k } }");
        write("q/deep/c.gq", "query deep() { match { $a: A } return { $a.k } }");
        write("q/z.x.gq", "query two() { match { $a: A } return { $a.k } }");

        ConfigLoad load = load("version: 1\ngraphs: {g: {schema: a.pg, queries: q}}\n");

        assertThat(load.diagnostics()).isEmpty();
        assertThat(load.desired().orElseThrow().graphs().get("g").queries()).containsOnlyKeys("one", "two");
    }

    @Test
    void aFolderThatCannotBeListedIsReported() throws IOException {
        write("q/b.gq", "// nothing");
        write("cluster.yaml", "version: 1\ngraphs: {g: {schema: a.pg, queries: q/}}\n");
        SourceLimits oneEntry = new SourceLimits(1000, 10, 10_000, 1);

        ConfigLoad load = ClusterConfigLoader.load(new FolderConfigSource(folder, oneEntry), LoadOptions.CONFINED);

        assertThat(load.diagnostics()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(DiagnosticCode.QUERY_DIR_UNREADABLE);
            assertThat(finding.path()).isEqualTo("graphs.g.queries");
            assertThat(finding.message()).contains("/config/q/`", "limit of 1");
        });
    }

    @Test
    void everySourceIsHeldInTheDesiredState() throws IOException {
        DesiredCluster desired = load(GRAPH
                        + "    queries: {one: {file: q/a.gq}}\n    embedding_provider: e\n"
                        + "providers: {embedding: {e: {provider: mock}}}\n"
                        + "policies: {p: {file: p.yaml, applies_to: [g, cluster, graph.g]}}\n"
                        + "metadata: {name: x}\nstorage: ' /srv/x// '\n")
                .desired()
                .orElseThrow();

        assertThat(desired.metadataName()).contains("x");
        assertThat(desired.declaredStorage()).contains("/srv/x");
        assertThat(desired.lockEnabled()).isTrue();
        DesiredGraph graph = desired.graphs().get("g");
        assertThat(graph.schemaSource()).contains(Files.readString(folder.resolve("a.pg")));
        assertThat(graph.queries().get("one").source()).isEqualTo(Files.readString(folder.resolve("q/a.gq")));
        assertThat(graph.embeddingProvider()).contains(new ResourceAddress.EmbeddingProvider("e"));
        assertThat(desired.providers().get("e").kind()).contains("mock");
        DesiredPolicy policy = desired.policies().get("p");
        assertThat(policy.bytes()).isEqualTo(Files.readAllBytes(folder.resolve("p.yaml")));
        assertThat(policy.bindings()).containsExactly("cluster", "graph.g");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{one: [q/a.gq]}", "{one: {0: q/a.gq}}", "{one: {!!str file: q/a.gq}}"})
    void anEntryMayNameItsFileByPosition(String queries) throws IOException {
        String digest = load("version: 1\ngraphs: {g: {schema: a.pg, queries: {one: {file: q/a.gq}}}}\n")
                .desired()
                .orElseThrow()
                .configDigest();

        ConfigLoad load = load("version: 1\ngraphs: {g: {schema: a.pg, queries: " + queries + "}}\n");

        assertThat(load.diagnostics()).isEmpty();
        assertThat(load.desired().orElseThrow().configDigest()).isEqualTo(digest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!x q", "!x [q]", "!x {}", "[!x q]", "{!x one: {file: a}}", "{one: !x {file: a}}",
                        "{one: {file: !x a}}",
                "{one: [a, b]}", "{one: []}", "{one: {1: a}}", "{one: {file: a, file: b}}", "{one: {file: 1}}", "1.5",
                        "~"
            })
    void noOtherFormOfQueriesIsTaken(String queries) throws IOException {
        assertThat(load("version: 1\ngraphs: {g: {schema: a.pg, queries: " + queries + "}}\n")
                        .diagnostics())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo(DiagnosticCode.INVALID_CLUSTER_YAML);
                    assertThat(finding.message()).contains("line 2, column ", "graphs.g.queries");
                });
    }

    @Test
    void theHeaderIsLoadedWithoutAnyOtherFile() throws IOException {
        write("cluster.yaml", "version: 1\nstorage: s3://b/p/\nstate: {lock: false}\ngraphs: {g: {schema: no.pg}}\n");

        HeaderLoad load = ClusterConfigLoader.loadHeader(new FolderConfigSource(folder), LoadOptions.CONFINED);

        assertThat(load.diagnostics()).isEmpty();
        assertThat(load.header()).contains(new ClusterHeader(Optional.empty(), Optional.of("s3://b/p"), false));
    }

    @Test
    void aHeaderWithErrorsIsStillAHeader() throws IOException {
        write("cluster.yaml", "version: 2\nstorage: x\n");
        HeaderLoad checked = ClusterConfigLoader.loadHeader(new FolderConfigSource(folder), LoadOptions.CONFINED);
        write("cluster.yaml", "versions: 2\n");
        HeaderLoad unread = ClusterConfigLoader.loadHeader(new FolderConfigSource(folder), LoadOptions.CONFINED);

        assertThat(checked.hasErrors()).isTrue();
        assertThat(checked.header().orElseThrow().declaredStorage()).isEmpty();
        assertThat(unread.header()).isEmpty();
    }

    private ConfigLoad load(String clusterYaml) throws IOException {
        write("cluster.yaml", clusterYaml);
        return ClusterConfigLoader.load(new FolderConfigSource(folder), LoadOptions.CONFINED);
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
