package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonText;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files in the body of a validation, as an editor or a pipeline sends them. */
class ValidateFilesTest {

    private static final String SCHEMA = "node Person {\n    name: String @key\n}\n";
    private static final String QUERY = "query q() { match { $p: Person } return { $p.name } }\n";

    @TempDir
    static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() {
        SampleCluster.in(folder);
        service = RunningService.over(folder);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aQueryIsCheckedAgainstTheSchemaThatCameWithIt() {
        Answer fits = validate("people.pg", SCHEMA, "q.gq", QUERY);
        assertThat(fits.text("ok")).isEqualTo("true");
        assertThat(fits.text("files")).contains("\"people.pg\"", "\"schema\"", "\"q.gq\"", "\"query\"");

        Answer misfit = validate("people.pg", SCHEMA, "q.gq", QUERY.replace("$p.name", "$p.nane"));
        assertThat(misfit.text("ok")).isEqualTo("false");
        assertThat(misfit.text("diagnostics")).contains("query_typecheck_error", "did you mean 'name'?", "^");
    }

    @Test
    void aConfigurationInTheBodyIsCheckedAsAWhole() {
        Answer answer = validate("cluster.yaml", "version: 1\ngraphs: {g: {schema: people.pg}}\n", "people.pg", SCHEMA);

        assertThat(answer.text("ok")).isEqualTo("true");
        assertThat(answer.text("resource_digests")).contains("schema.g");
    }

    @Test
    void noFilesAreNoConfiguration() {
        Answer answer = service.client().postJson("/validate", "{\"files\": {}}");

        assertThat(answer.text("diagnostics")).contains("cluster_config_read_error");
    }

    @ParameterizedTest
    @CsvSource({
        "people.pg, node Person { name: String @key }, true,",
        "people.pg, node Person {,                     false, schema_parse_error",
        "q.gq,      query q() {,                       false, query_parse_error",
        "q.gq,      query q() { match { $p: X } return { $p } }, true, query_typecheck_skipped",
        "p.yaml,    version: 1,                        true,",
        "p.yml,     version: 2,                        false, policy_invalid"
    })
    void oneFileIsEnough(String path, String text, boolean ok, String code) {
        Answer answer = validate(path, text);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("ok")).isEqualTo(Boolean.toString(ok));
        assertThat(answer.text("diagnostics")).contains(code == null ? "[]" : code);
    }

    @Test
    void filesThatCannotBeCheckedAreRefusedByName() {
        Answer unknown = validate("notes.txt", "x");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.text("code")).isEqualTo("invalid_body");
        assertThat(unknown.text("detail")).contains("`notes.txt`");

        Answer ambiguous = validate("a.pg", SCHEMA, "b.pg", SCHEMA, "q.gq", QUERY);
        assertThat(ambiguous.status()).isEqualTo(400);
        assertThat(ambiguous.text("detail")).contains("several schemas");
    }

    private static Answer validate(String... pathsAndTexts) {
        JsonObject.Builder files = JsonObject.builder();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
        }
        return service.client()
                .postJson(
                        "/validate",
                        JsonText.compact(
                                JsonObject.builder().put("files", files.build()).build()));
    }
}
