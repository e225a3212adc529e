package dev.omnigraph.controlplane.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LooseFilesTest {

    private static final String SCHEMA = "node Person { name: String @key }\n";
    private static final String QUERY = "query q() { match { $p: Person } return { $p.name } }\n";
    private static final String MISFIT = "query q() {\n  match { $p: Persn }\n  return { $p }\n}\n";

    private final CheckedSources checked = new CheckedSources();

    @Test
    void filesAreWhatTheirNamesSay() {
        Map<String, FileContent> files = files("z/a.gq", QUERY, "people.pg", SCHEMA, "b.yml", "version: 1\n");

        assertThat(LooseFiles.objection(files)).isEmpty();
        assertThat(LooseFiles.check(files, checked))
                .isEqualTo(new LooseFiles.Outcome(
                        List.of(
                                new LooseFiles.CheckedFile("b.yml", LooseFiles.Kind.POLICY, Sha256.hex("version: 1\n")),
                                new LooseFiles.CheckedFile("people.pg", LooseFiles.Kind.SCHEMA, Sha256.hex(SCHEMA)),
                                new LooseFiles.CheckedFile("z/a.gq", LooseFiles.Kind.QUERY, Sha256.hex(QUERY))),
                        List.of()));
    }

    @Test
    void aMisfitShowsThePlaceAndWhatWasMeant() {
        assertThat(findings("people.pg", SCHEMA, "q.gq", MISFIT))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.path()).isEqualTo("q.gq");
                    assertThat(finding.message())
                            .startsWith("the query `q` does not fit the schema: line 2, column 15")
                            .contains("did you mean 'Person'?")
                            .endsWith("\n2 |   match { $p: Persn }\n  |               ^");
                });
    }

    @Test
    void withoutASchemaQueriesAreOnlyParsed() {
        assertThat(findings("q.gq", MISFIT))
                .extracting(LooseFilesTest::shown)
                .containsExactly("QUERY_TYPECHECK_SKIPPED WARNING q.gq");
        assertThat(findings("q.gq", MISFIT, "people.pg", "node {"))
                .extracting(LooseFilesTest::shown)
                .containsExactly("SCHEMA_PARSE_ERROR ERROR people.pg", "QUERY_TYPECHECK_SKIPPED WARNING q.gq");
        assertThat(findings("q.gq", "query q("))
                .extracting(LooseFilesTest::shown)
                .containsExactly("QUERY_PARSE_ERROR ERROR q.gq");
    }

    @Test
    void aQueryThatIsDeclaredTwiceIsShownOnce() {
        assertThat(findings("people.pg", SCHEMA, "q.gq", QUERY + QUERY))
                .extracting(LooseFilesTest::shown)
                .containsExactly("DUPLICATE_QUERY_NAME ERROR q.gq");
        assertThat(findings("people.pg", SCHEMA, "a.gq", QUERY, "b.gq", QUERY))
                .as("files that need not belong together")
                .isEmpty();
    }

    @Test
    void policiesAreForWhatTheirRulesAreFor() {
        assertThat(findings("graph.yaml", policy("[read]"), "server.yaml", policy("[graph_list]")))
                .isEmpty();
        assertThat(findings("p.yaml", policy("[graph_list, graph_list]")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("`graph_list` is granted twice"));
        assertThat(findings("p.yaml", "version: 1\nrule: []\n")).singleElement().satisfies(finding -> {
            assertThat(shown(finding)).isEqualTo("SERVING_POLICY_UNKNOWN_KEY WARNING p.yaml");
            assertThat(finding.message()).contains("`rule` in line 2 (did you mean `rules`?)");
        });
    }

    @Test
    void whatIsNoTextIsRefused() {
        byte[] noText = {(byte) 0xff};
        Map<String, FileContent> files = Map.of(
                "a.pg", FileContent.of(noText), "b.gq", FileContent.of(noText), "c.yaml", FileContent.of(noText));

        assertThat(LooseFiles.check(files, checked).findings())
                .extracting(LooseFilesTest::shown)
                .containsExactly(
                        "SCHEMA_PARSE_ERROR ERROR a.pg", "QUERY_PARSE_ERROR ERROR b.gq", "POLICY_INVALID ERROR c.yaml");
    }

    @Test
    void whatCannotBeCheckedIsObjectedTo() {
        assertThat(LooseFiles.objection(files("notes.txt", "x")))
                .get()
                .asString()
                .contains("`notes.txt`");
        assertThat(LooseFiles.objection(files("a.pg", SCHEMA, "b.pg", SCHEMA, "q.gq", QUERY)))
                .get()
                .asString()
                .contains("several schemas");
        assertThat(LooseFiles.objection(files("a.pg", SCHEMA, "b.pg", SCHEMA))).isEmpty();
    }

    @Test
    void aConfigurationMakesThemNoLooseFiles() {
        assertThat(LooseFiles.areLoose(files("cluster.yaml", "version: 1\n", "a.pg", SCHEMA)))
                .isFalse();
        assertThat(LooseFiles.areLoose(files())).isFalse();
        assertThat(LooseFiles.areLoose(files("a.pg", SCHEMA))).isTrue();
    }

    private List<Diagnostic> findings(String... pathsAndTexts) {
        Map<String, FileContent> files = files(pathsAndTexts);
        assertThat(LooseFiles.objection(files)).isEmpty();
        return LooseFiles.check(files, checked).findings();
    }

    private static Map<String, FileContent> files(String... pathsAndTexts) {
        Map<String, FileContent> files = new HashMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], FileContent.of(pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8)));
        }
        return files;
    }

    private static String policy(String actions) {
        return "version: 1\ngroups: {t: [a]}\nrules:\n- {id: r, allow: {actors: {group: t}, actions: " + actions
                + "}}\n";
    }

    private static String shown(Diagnostic finding) {
        return finding.code() + " " + finding.severity() + " " + finding.path();
    }
}
