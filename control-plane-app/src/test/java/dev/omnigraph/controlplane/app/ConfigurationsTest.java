package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.Archives;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.archive.TarBuilder;
import dev.omnigraph.controlplane.archive.ZipBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations that are stored, and commands over them while the folder stays what is desired. */
class ConfigurationsTest {

    private static final String[] WAIT = {"Prefer", "wait=60"};
    private static final String[] ZIP = {"Content-Type", "application/zip", "Authorization", "Bearer alice"};
    private static final String CLUSTER = "version: 1\nmetadata:\n  name: stored\n";

    @TempDir
    Path folder;

    @TempDir
    Path other;

    private RunningService service;
    private ApiClient client;

    @BeforeEach
    void start() {
        SampleCluster.in(folder);
        service = RunningService.over(
                folder,
                "--control-plane.configurations.max-files=5",
                "--control-plane.configurations.max-archive-size=64KB",
                "--control-plane.configurations.max-uploads=1");
        client = service.client();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aConfigurationIsStoredOnceAndHandedOutAsItWas() {
        byte[] zip = Archives.of(SampleCluster.in(other).write("notes/läs.md", "hej"));

        Answer stored = client.send("POST", "/configurations", zip, ZIP);
        assertThat(stored.status()).isEqualTo(201);
        assertThat(stored.text("actor")).isEqualTo("alice");
        assertThat(stored.text("files")).contains("notes/läs.md", "people.pg");
        assertThat(stored.header("Location")).isEqualTo("/configurations/" + hex(stored));

        Answer again = client.send("POST", "/configurations", zip, "Content-Type", "application/zip");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(stored.body());
        assertThat(client.get(stored.header("Location")).body()).isEqualTo(stored.body());
        assertThat(client.get("/configurations/" + stored.text("configuration")).status())
                .isEqualTo(200);
        assertThat(client.get("/configurations").text("configurations")).contains(hex(stored));
        assertThat(client.get("/configurations?cursor=" + hex(stored)).text("configurations"))
                .isEqualTo("[]");
        Answer file = client.get(stored.header("Location") + "/file?path=notes/l%C3%A4s.md");
        assertThat(file.body()).isEqualTo("hej");
        assertThat(file.mediaType()).isEqualTo("text/plain");
        Answer archive = client.get(stored.header("Location"), "Accept", "application/zip");
        assertThat(archive.status()).isEqualTo(200);
        assertThat(archive.body()).startsWith("PK");
    }

    @Test
    void theSameFilesInATarAreTheSameConfiguration() {
        Answer zip = client.send(
                "POST",
                "/configurations",
                new ZipBuilder().file("cluster.yaml", CLUSTER).build(),
                ZIP);
        Answer tar = client.send(
                "POST",
                "/configurations",
                new TarBuilder().folder("./").file("./cluster.yaml", CLUSTER).build(),
                "Content-Type",
                "application/gzip");

        assertThat(tar.status()).isEqualTo(200);
        assertThat(tar.text("configuration")).isEqualTo(zip.text("configuration"));
    }

    @Test
    void whatIsNoConfigurationIsRefusedByRuleAndNothingIsStored() {
        byte[] good = new ZipBuilder().file("cluster.yaml", CLUSTER).build();
        ZipBuilder many = new ZipBuilder().file("cluster.yaml", CLUSTER);
        for (int i = 0; i < 5; i++) {
            many.file("f" + i, "x");
        }
        refused(413, "archive_too_large", "max-files: ", many.build(), ZIP);
        refused(
                422,
                "archive_refused",
                "plain-segments: ",
                new ZipBuilder().file("../x", "x").build(),
                ZIP);
        refused(422, "archive_refused", "intact: ", good, "Content-Type", "application/gzip");
        refused(
                422,
                "configuration_invalid",
                "",
                new ZipBuilder().file("cluster.yaml", "- 1").build(),
                ZIP);
        refused(413, "body_too_large", "configurations.max-archive-size", new byte[70_000], ZIP);
        refused(415, "unsupported_media_type", "", good, "Content-Type", "application/json");
        refused(415, "unsupported_media_type", "", good, "Content-Type", "application/zip", "Content-Encoding", "gzip");

        assertThat(client.get("/configurations").text("configurations")).isEqualTo("[]");
        assertThat(folder.resolve("__control/configurations")).doesNotExist();
    }

    @Test
    void aRequestThatComesAgainIsAnsweredAgain() {
        byte[] zip = new ZipBuilder().file("cluster.yaml", CLUSTER).build();
        String[] keyed = {"Content-Type", "application/zip", "Idempotency-Key", "store-1"};

        Answer first = client.send("POST", "/configurations", zip, keyed);
        assertThat(first.status()).isEqualTo(201);
        assertThat(client.send("POST", "/configurations", zip, keyed).status()).isEqualTo(201);
        Answer other = client.send(
                "POST",
                "/configurations",
                new ZipBuilder().file("cluster.yaml", "version: 1").build(),
                keyed);
        assertThat(other.text("code")).isEqualTo("idempotency_key_reused");
    }

    @Test
    void commandsRunOverTheConfigurationTheyName() {
        String stored = store(SampleCluster.in(other));
        SampleCluster.in(folder).write("cluster.yaml", "version: 1\ngraphs: nonsense\n");
        String named = "{\"configuration\": \"" + stored + "\"}";

        Answer valid = client.postJson("/validate", named);
        assertThat(valid.text("ok")).isEqualTo("true");
        assertThat(valid.text("config_dir")).isEqualTo(stored);
        assertThat(client.postJson("/import", named, WAIT).text("configuration"))
                .isEqualTo(stored);
        assertThat(client.postJson("/plan", named).text("changes")).contains("graph.people");
        Answer applied = client.postJson("/apply", named, WAIT);
        assertThat(applied.text("outcome")).isEqualTo("converged");
        assertThat(applied.text("configuration")).isEqualTo(stored);
        assertThat(folder.resolve("graphs/people.omni")).isDirectory();
        assertThat(client.postJson("/refresh", named, WAIT).text("outcome")).isEqualTo("converged");
        assertThat(client.post("/apply").text("code")).isEqualTo("configuration_invalid");
    }

    @Test
    void aDestructiveChangeIsApprovedOverTheConfigurationItIsIn() {
        String full = store(SampleCluster.in(other));
        String empty = client.send(
                        "POST",
                        "/configurations",
                        new ZipBuilder().file("cluster.yaml", CLUSTER).build(),
                        ZIP)
                .text("configuration");
        client.postJson("/import", "{\"configuration\": \"" + full + "\"}", WAIT);
        client.postJson("/apply", "{\"configuration\": \"" + full + "\"}", WAIT);
        Answer plan = client.postJson("/plan", "{\"configuration\": \"" + empty + "\"}");
        String seen = plan.text("approvals_required").replaceAll("(?s).*\"seen\":\"([0-9a-f]+)\".*", "$1");

        Answer approved = client.postJson(
                "/approvals",
                "{\"resource\": \"graph.people\", \"plan_digest\": \"" + plan.text("plan_digest") + "\", \"seen\": \""
                        + seen + "\", \"configuration\": \"" + empty + "\"}",
                "Authorization",
                "Bearer carol");

        assertThat(approved.status()).isEqualTo(201);
        assertThat(client.get("/operations/" + approved.text("operation_id")).text("configuration"))
                .isEqualTo(empty);
        assertThat(client.postJson("/apply", "{\"configuration\": \"" + empty + "\"}", WAIT)
                        .text("outcome"))
                .isEqualTo("converged");
        assertThat(folder.resolve("graphs/people.omni")).doesNotExist();
    }

    /** Improvement I25. */
    @Test
    void aStoredConfigurationReachesNothingOutsideAndIsForThisCluster() {
        String outside = client.send(
                        "POST",
                        "/configurations",
                        new ZipBuilder()
                                .file(
                                        "cluster.yaml",
                                        "version: 1\ngraphs:\n  people:\n    schema: " + folder + "/people.pg\n")
                                .build(),
                        ZIP)
                .text("configuration");
        Answer validated = client.postJson("/validate", "{\"configuration\": \"" + outside + "\"}");
        assertThat(validated.text("diagnostics")).contains("path_outside_config");
        Answer applied = client.postJson("/apply", "{\"configuration\": \"" + outside + "\"}");
        assertThat(applied.text("code")).isEqualTo("configuration_invalid");

        String elsewhere = client.send(
                        "POST",
                        "/configurations",
                        new ZipBuilder()
                                .file("cluster.yaml", CLUSTER + "storage: /srv/elsewhere\n")
                                .build(),
                        ZIP)
                .text("configuration");
        assertThat(client.postJson("/plan", "{\"configuration\": \"" + elsewhere + "\"}")
                        .text("diagnostics"))
                .contains("storage_root_mismatch");
        String here = client.send(
                        "POST",
                        "/configurations",
                        new ZipBuilder()
                                .file("cluster.yaml", CLUSTER + "storage: " + folder + "\n")
                                .build(),
                        ZIP)
                .text("configuration");
        assertThat(client.postJson("/validate", "{\"configuration\": \"" + here + "\"}")
                        .text("ok"))
                .isEqualTo("true");
    }

    @Test
    void whatIsNotStoredIsNotFound() {
        String nothing = "sha256:" + "0".repeat(64);
        for (String command : new String[] {"/validate", "/plan", "/apply", "/import", "/refresh", "/plans"}) {
            assertThat(client.postJson(command, "{\"configuration\": \"" + nothing + "\"}")
                            .text("code"))
                    .as(command)
                    .isEqualTo("configuration_not_found");
        }
        assertThat(client.postJson("/plan", "{\"configuration\": \"latest\"}").text("code"))
                .isEqualTo("invalid_body");
        assertThat(client.postJson("/validate", "{\"configuration\": \"" + nothing + "\", \"files\": {}}")
                        .text("code"))
                .isEqualTo("invalid_body");
        assertThat(client.get("/configurations/" + nothing).text("code")).isEqualTo("configuration_not_found");
        assertThat(client.get("/configurations/x").text("code")).isEqualTo("configuration_not_found");
        String stored = store(SampleCluster.in(other));
        assertThat(client.get("/configurations/" + stored + "/file?path=nothing")
                        .text("code"))
                .isEqualTo("configuration_file_not_found");
        assertThat(client.get("/configurations/" + stored + "/file").text("code"))
                .isEqualTo("invalid_parameter");
        assertThat(client.get("/configurations?cursor=x").text("code")).isEqualTo("invalid_parameter");
    }

    @Test
    void soManyArchivesAreUnpackedAtTheSameTime() throws IOException {
        byte[] zip = new ZipBuilder().file("cluster.yaml", CLUSTER).build();
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            slow.getOutputStream()
                    .write(("POST /configurations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/zip\r\n"
                                    + "Content-Length: 1000\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            slow.getOutputStream().flush();
            Answer answer = client.send("POST", "/configurations", zip, ZIP);
            for (int tries = 1; answer.status() != 429; tries++) {
                assertThat(tries).as("the slow one is let in at some time").isLessThan(1000);
                answer = client.send("POST", "/configurations", zip, ZIP);
            }
            ProblemsTest.assertProblem(answer, "too_many_uploads");
            assertThat(answer.header("Retry-After")).isEqualTo("5");
        }
    }

    @Test
    void aConfigurationThatCannotBeReadIsListedAsSuch() throws IOException {
        String stored = store(SampleCluster.in(other));
        Files.writeString(
                folder.resolve("__control/configurations/" + stored.substring("sha256:".length()) + "/files.json"),
                "{");

        assertThat(client.get("/configurations").text("unreadable")).isEqualTo("[\"" + stored + "\"]");
        assertThat(client.get("/configurations/" + stored).status()).isEqualTo(503);
        assertThat(client.postJson("/apply", "{\"configuration\": \"" + stored + "\"}")
                        .text("code"))
                .isEqualTo("storage_unavailable");
    }

    private String store(SampleCluster sample) {
        return client.send("POST", "/configurations", Archives.of(sample), ZIP).text("configuration");
    }

    private void refused(int status, String code, String words, byte[] body, String... headers) {
        Answer answer = client.send("POST", "/configurations", body, headers);
        assertThat(answer.status()).isEqualTo(status);
        ProblemsTest.assertProblem(answer, code);
        assertThat(answer.text("detail")).contains(words);
    }

    private static String hex(Answer stored) {
        return stored.text("configuration").substring("sha256:".length());
    }
}
