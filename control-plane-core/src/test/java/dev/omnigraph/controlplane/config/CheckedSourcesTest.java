package dev.omnigraph.controlplane.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Only what changed is parsed and checked again, and what comes of a load is the same as without memory. */
class CheckedSourcesTest {

    private static final String SCHEMA = "node Person { name: String @key }\n";

    private final CheckedSources checked = new CheckedSources();
    private final Map<String, String> files = new HashMap<>(Map.of(
            "cluster.yaml",
            """
                    version: 1
                    graphs:
                      people: {schema: people.pg, queries: queries}
                      others: {schema: others.pg, queries: queries}
                    policies:
                      base: {file: base.yaml, applies_to: [people]}
                      server: {file: server.yaml, applies_to: [cluster]}
                    """,
            "people.pg",
            SCHEMA,
            "others.pg",
            "// others\n" + SCHEMA,
            "queries/a.gq",
            query("a"),
            "queries/b.gq",
            query("b") + query("c"),
            "base.yaml",
            "version: 1\n",
            "server.yaml",
            "version: 1\n# server\n"));

    @Test
    void whatDidNotChangeIsNotParsedAgain() {
        assertThat(load()).isEmpty();
        assertThat(checked.parses())
                .as("document, schemas, query files, policies")
                .isEqualTo(1 + 2 + 2 + 2);
        assertThat(checked.checks()).as("queries of both graphs").isEqualTo(3 * 2);

        assertThat(load()).isEmpty();
        assertThat(checked.parses()).isEqualTo(7);
        assertThat(checked.checks()).isEqualTo(6);
    }

    @Test
    void aChangedQueryFileIsParsedAndItsQueriesAreChecked() {
        load();
        files.put("queries/b.gq", query("b") + query("c") + query("d"));

        assertThat(load()).isEmpty();
        assertThat(checked.parses()).isEqualTo(7 + 1);
        assertThat(checked.checks()).isEqualTo(6 + 3 * 2);
    }

    @Test
    void underAChangedSchemaQueriesAreCheckedAnewButNotParsed() {
        load();
        files.put("people.pg", "node Person { id: String @key }\n");

        assertThat(load())
                .extracting(Diagnostic::code, Diagnostic::path)
                .containsExactly(misfit("people", "a"), misfit("people", "b"), misfit("people", "c"));
        assertThat(checked.parses()).isEqualTo(7 + 1);
        assertThat(checked.checks()).isEqualTo(6 + 3);
    }

    @Test
    void findingsAreRememberedWithTheirPlace() {
        files.put("people.pg", "node Person {");
        files.put("queries/b.gq", "query b(");
        files.put("base.yaml", "version: 2\n");
        List<Diagnostic> first = load();

        assertThat(first)
                .extracting(Diagnostic::code)
                .contains(
                        DiagnosticCode.SCHEMA_PARSE_ERROR,
                        DiagnosticCode.QUERY_PARSE_ERROR,
                        DiagnosticCode.QUERY_TYPECHECK_SKIPPED,
                        DiagnosticCode.POLICY_INVALID);
        assertThat(load()).isEqualTo(first).isEqualTo(load(new CheckedSources()));
    }

    @Test
    void aFileBackToWhatItWasIsKnown() {
        load();
        String before = files.put("people.pg", "node Other { name: String @key }\n");
        load();
        long parses = checked.parses();
        files.put("people.pg", before);

        assertThat(load()).isEmpty();
        assertThat(checked.parses()).isEqualTo(parses);
    }

    private static Tuple misfit(String graph, String query) {
        return Tuple.tuple(DiagnosticCode.QUERY_TYPECHECK_ERROR, "graphs." + graph + ".queries." + query);
    }

    private List<Diagnostic> load() {
        return load(checked);
    }

    private List<Diagnostic> load(CheckedSources memory) {
        Map<String, FileContent> contents = new HashMap<>();
        files.forEach((path, text) -> contents.put(path, FileContent.of(text.getBytes(StandardCharsets.UTF_8))));
        return ClusterConfigLoader.load(new BundleConfigSource(".", contents), LoadOptions.CONFINED, memory)
                .diagnostics();
    }

    private static String query(String name) {
        return "query " + name + "() { match { $p: Person } return { $p.name } }\n";
    }
}
