package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.Archives;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.archive.ZipBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is desired is the head of the stored configurations, and no folder. */
class DesiredHeadTest {

    private static final String[] WAIT = {"Prefer", "wait=60"};
    private static final String[] ZIP = {"Content-Type", "application/zip"};
    private static final String FIRST = "*";

    @TempDir
    Path storage;

    @TempDir
    Path other;

    private RunningService service;
    private ApiClient client;

    @BeforeEach
    void start() {
        service = RunningService.over(
                storage.resolve("nowhere"),
                "--control-plane.configuration-source=stored",
                "--control-plane.storage=" + storage);
        client = service.client();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void withoutAHeadCommandsSaySoAndLooksGoOn() {
        for (String command : new String[] {"/validate", "/plan", "/apply", "/import", "/refresh", "/plans"}) {
            Answer refused = client.post(command);
            assertThat(refused.status()).as(command).isEqualTo(409);
            ProblemsTest.assertProblem(refused, "no_configuration");
        }
        assertThat(client.get("/status").text("diagnostics")).contains("no_configuration");
        assertThat(client.get("/graphs").text("diagnostics")).contains("no_configuration");
        assertThat(client.get("/approvals").text("approvals")).isEqualTo("[]");
        assertThat(client.get("/configurations/head").text("code")).isEqualTo("configuration_not_found");
        assertThat(client.get("/configurations/revisions").text("revisions")).isEqualTo("[]");
    }

    @Test
    void theHeadIsWhatARequestMeansThatNamesNone() {
        String stored = store(Archives.of(SampleCluster.in(other)));
        Answer head = move(stored, "If-None-Match", FIRST);
        assertThat(head.status()).isEqualTo(200);

        assertThat(client.post("/import", WAIT).text("configuration")).isEqualTo(stored);
        assertThat(client.post("/plan").text("config_dir")).isEqualTo(stored);
        Answer applied = client.post("/apply", WAIT);
        assertThat(applied.text("outcome")).isEqualTo("converged");
        assertThat(applied.text("configuration")).isEqualTo(stored);
        assertThat(client.get("/status").text("ok")).isEqualTo("true");
        assertThat(client.get("/graphs/people").text("declared")).isEqualTo("true");
    }

    @Test
    void theHeadMovesOnlyFromWhereItIs() {
        String first = store(zip("first"));
        String second = store(zip("second"));
        Answer head = move(first, "If-None-Match", FIRST);
        String tag = head.header("ETag");
        assertThat(tag).isEqualTo("\"" + head.text("revision") + "\"");
        assertThat(head.text("message")).isEqualTo("because");
        assertThat(head.text("actor")).isEqualTo("alice");

        assertThat(move(second, "If-None-Match", FIRST).status()).isEqualTo(412);
        Answer moved = move(second, "If-Match", tag);
        assertThat(moved.status()).isEqualTo(200);
        assertThat(moved.text("parent")).isEqualTo(head.text("revision"));
        Answer late = move(first, "If-Match", tag);
        assertThat(late.status()).isEqualTo(412);
        ProblemsTest.assertProblem(late, "head_moved");
        assertThat(late.text("detail")).contains(moved.text("revision"));

        Answer now = client.get("/configurations/head");
        assertThat(now.body()).isEqualTo(moved.body());
        assertThat(client.get("/configurations/head", "If-None-Match", now.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(client.get("/configurations/head", "If-None-Match", "x").status())
                .isEqualTo(200);
        Answer page = client.get("/configurations/revisions?limit=1");
        assertThat(page.text("revisions")).contains(moved.text("revision"));
        Answer rest = client.get("/configurations/revisions?cursor=" + page.text("next_cursor"));
        assertThat(rest.text("revisions")).contains(head.text("revision")).doesNotContain(moved.text("revision"));
        assertThat(rest.text("next_cursor")).isEqualTo("null");
        assertThat(client.get("/configurations/revisions?cursor=x").text("code"))
                .isEqualTo("invalid_parameter");
    }

    @Test
    void aMoveSaysFromWhereAndToWhat() {
        String stored = store(zip("first"));

        assertThat(move(stored).text("code")).isEqualTo("invalid_parameter");
        assertThat(move(stored, "If-Match", "*").text("code")).isEqualTo("invalid_parameter");
        assertThat(move(stored, "If-Match", "\"x\"").text("code")).isEqualTo("invalid_parameter");
        assertThat(move("sha256:" + "0".repeat(64), "If-None-Match", FIRST).text("code"))
                .isEqualTo("configuration_not_found");
        assertThat(move("first", "If-None-Match", FIRST).text("code")).isEqualTo("invalid_body");
        assertThat(client.get("/configurations/head").status()).isEqualTo(404);
    }

    @Test
    void anOperationKeepsTheConfigurationItWasAcceptedWith() {
        String first = store(Archives.of(SampleCluster.in(other)));
        String tag = move(first, "If-None-Match", FIRST).header("ETag");
        Answer imported = client.post("/import", WAIT);
        move(store(zip("second")), "If-Match", tag);

        assertThat(client.get("/operations/" + imported.text("operation_id")).text("configuration"))
                .isEqualTo(first);
        assertThat(client.postJson("/plan", "{\"configuration\": \"" + first + "\"}")
                        .text("config_dir"))
                .isEqualTo(first);
    }

    @Test
    void withoutASettingForTheStorageThereIsNoStart() {
        assertThatThrownBy(() -> RunningService.over(other, "--control-plane.configuration-source=stored")
                        .close())
                .hasStackTraceContaining("control-plane.configuration-source=stored reads no folder");
    }

    @Test
    void aHeadThatCannotBeReadIsNotTakenForNone() throws IOException {
        Files.writeString(storage.resolve("__control/head.json"), "{\"format\": 2}");

        assertThat(client.get("/configurations/head").text("code")).isEqualTo("storage_unavailable");
        assertThat(client.post("/plan").text("code")).isEqualTo("storage_unavailable");
        service.close();
        assertThatThrownBy(this::start).hasStackTraceContaining("What is desired cannot be read");
    }

    private String store(byte[] zip) {
        return client.send("POST", "/configurations", zip, ZIP).text("configuration");
    }

    private static byte[] zip(String name) {
        return new ZipBuilder()
                .file("cluster.yaml", "version: 1\nmetadata:\n  name: " + name + "\n")
                .build();
    }

    private Answer move(String configuration, String... condition) {
        String[] headers = Stream.concat(
                        Stream.of(condition),
                        Stream.of("Authorization", "Bearer alice", "Content-Type", "application/json"))
                .toArray(String[]::new);
        return client.send(
                "PUT",
                "/configurations/head",
                ("{\"configuration\": \"" + configuration + "\", \"message\": \"because\"}")
                        .getBytes(StandardCharsets.UTF_8),
                headers);
    }
}
