package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that come again with their key. */
class RepetitionTest {

    private static final String[] KEYED = {"Idempotency-Key", "deploy-1187", "Prefer", "wait=60"};

    @TempDir
    Path folder;

    private RunningService service;

    @BeforeEach
    void start() {
        SampleCluster.in(folder);
        service = RunningService.over(folder);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/apply", "/import", "/refresh"})
    void aCommandThatComesAgainIsTheOperationOfTheFirstTime(String command) throws IOException {
        Answer first = client().post(command, KEYED);
        Answer again = client().post(command, KEYED);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(operations()).hasSize(1);
    }

    @Test
    void afterARestartTheKeyStillStands() throws IOException {
        Answer first = client().post("/import", KEYED);
        service.close();
        service = RunningService.over(folder);

        assertThat(client().post("/import", KEYED).text("operation_id")).isEqualTo(first.text("operation_id"));
        assertThat(operations()).hasSize(1);
    }

    @Test
    void whatTheConfigurationSaysByThenDoesNotMatter() {
        Answer first = client().post("/import", KEYED);
        SampleCluster.in(folder).write("cluster.yaml", "version: 1\ngraphs: nonsense\n");

        assertThat(client().post("/import", KEYED).body()).isEqualTo(first.body());
        assertThat(client().post("/import", "Idempotency-Key", "other").status())
                .isEqualTo(422);
    }

    @Test
    void aRefusedRequestIsTriedAnewUnderItsKey() {
        SampleCluster.in(folder).write("cluster.yaml", "version: 1\ngraphs: nonsense\n");
        assertThat(client().post("/import", KEYED).text("code")).isEqualTo("configuration_invalid");
        SampleCluster.in(folder);

        assertThat(client().post("/import", KEYED).text("outcome")).isEqualTo("converged");
    }

    @Test
    void whereTheProcessDiedBeforeTheRecordTheRepetitionMakesItUnderTheSameId() throws IOException {
        String id = client().post("/import", KEYED).text("operation_id");
        Files.delete(folder.resolve("__control/operations/" + id + ".json"));

        Answer again = client().post("/import", KEYED);

        assertThat(again.text("operation_id")).isEqualTo(id);
        assertThat(operations()).hasSize(1);
    }

    @Test
    void anotherBodyIsAnotherRequest() {
        client().postJson("/import", "{}", KEYED);
        Answer other = client().postJson("/import", "{\"if_missing\": true}", KEYED);

        assertThat(other.status()).isEqualTo(422);
        ProblemsTest.assertProblem(other, "idempotency_key_reused");
    }

    @Test
    void theKeysOfTwoPrincipalsHaveNothingToDoWithEachOther() {
        Answer alice = client().post("/refresh", as("alice"));
        Answer bob = client().post("/refresh", as("bob"));

        assertThat(bob.text("operation_id")).isNotEqualTo(alice.text("operation_id"));
        assertThat(client().post("/refresh", as("alice")).text("operation_id")).isEqualTo(alice.text("operation_id"));
    }

    @Test
    void manyAtTheSameMomentMakeOneOperation() throws IOException {
        List<CompletableFuture<Answer>> racing = IntStream.range(0, 8)
                .mapToObj(ignored -> CompletableFuture.supplyAsync(() -> client().post("/import", KEYED)))
                .toList();

        assertThat(racing.stream()
                        .map(answer -> answer.join().text("operation_id"))
                        .distinct())
                .hasSize(1);
        assertThat(operations()).hasSize(1);
    }

    @Test
    void anAnswerThatIsNoOperationIsGivenAgain() {
        String[] keyed = {"Idempotency-Key", "freeze-1", "Authorization", "Bearer alice"};
        Answer first = client().postJson("/freeze", "{\"reason\": \"release\"}", keyed);
        client().send("DELETE", "/freeze", new byte[0]);
        Answer again = client().postJson("/freeze", "{\"reason\": \"release\"}", keyed);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(client().post("/refresh", "Prefer", "wait=60").status())
                .as("the repetition froze nothing")
                .isEqualTo(200);
    }

    @Test
    void readingCommandsIgnoreTheKey() throws IOException {
        client().post("/plan", "Idempotency-Key", "k");
        client().postJson("/validate", "{}", "Idempotency-Key", "k");

        assertThat(folder.resolve("__control/idempotency")).doesNotExist();
    }

    @Test
    void aKeyOfAnotherFormIsRefused() {
        Answer answer = client().post("/import", "Idempotency-Key", "");

        ProblemsTest.assertProblem(answer, "invalid_parameter");
        assertThat(client().post("/import", "Idempotency-Key", "a", "Idempotency-Key", "b")
                        .status())
                .isEqualTo(400);
        assertThat(client().post("/import", "Idempotency-Key", "k".repeat(257)).status())
                .isEqualTo(400);
    }

    private ApiClient client() {
        return service.client();
    }

    private static String[] as(String principal) {
        return Stream.concat(Stream.of(KEYED), Stream.of("Authorization", "Bearer " + principal))
                .toArray(String[]::new);
    }

    private List<Path> operations() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("__control/operations"))) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }
}
