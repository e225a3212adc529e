package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.archive.ZipBuilder;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.s3.EmbeddedS3;
import dev.omnigraph.controlplane.storage.s3.S3ObjectStore;
import dev.omnigraph.controlplane.storage.s3.TestBucket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A cluster that lies in a bucket. */
class BucketStorageTest {

    private static final String[] WAIT = {"Prefer", "wait=60"};
    private static final String POLICY = """
            version: 1
            groups:
              readers: [andrew]
            rules:
              - id: readers-list-graphs
                allow:
                  actors: { group: readers }
                  actions: [graph_list]
            """;

    @TempDir
    Path folder;

    private final EmbeddedS3 server = new EmbeddedS3();
    private final StorageRoot.Bucket root = TestBucket.freshRoot();

    /** The last place but one in which the usual chain of the SDK looks, and one that a test can change. */
    @BeforeEach
    void giveCredentials() {
        System.setProperty("aws.accessKeyId", server.accessKey());
        System.setProperty("aws.secretAccessKey", server.secretKey());
    }

    @AfterEach
    void takeThemBack() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        System.clearProperty("aws.sessionToken");
        server.close();
    }

    @Test
    void aClusterWithoutGraphsConvergesInABucket() throws IOException {
        Files.writeString(folder.resolve("access.yaml"), POLICY);
        Files.writeString(folder.resolve("cluster.yaml"), "version: 1\nstorage: " + root.display() + """

                policies:
                  access:
                    file: access.yaml
                    applies_to: [cluster]
                """);
        try (RunningService service = start();
                S3ObjectStore store = TestBucket.open(server, root)) {
            ApiClient client = service.client();
            assertThat(client.post("/import", WAIT).text("outcome")).isEqualTo("converged");
            assertThat(client.post("/apply", WAIT).text("outcome")).isEqualTo("converged");

            Answer status = client.get("/status?verify=catalog");
            assertThat(status.text("ok")).isEqualTo("true");
            assertThat(status.text("state_observations.locked")).isEqualTo("false");
            assertThat(store.get(ControlKeys.STATE)).isInstanceOf(GetOutcome.Found.class);
            assertThat(store.get(ControlKeys.LOCK)).isEqualTo(new GetOutcome.Absent());
            assertThat(folder.resolve("__cluster")).doesNotExist();
        }
    }

    @Test
    void whatIsDesiredAndPlannedLiesInTheBucketToo() {
        byte[] zip = new ZipBuilder()
                .file(
                        "cluster.yaml",
                        "version: 1\npolicies:\n  access:\n    file: access.yaml\n    applies_to: [cluster]\n")
                .file("access.yaml", POLICY)
                .build();
        try (RunningService service =
                start("--control-plane.storage=" + root.display(), "--control-plane.configuration-source=stored")) {
            ApiClient client = service.client();
            Answer stored = client.send("POST", "/configurations", zip, "Content-Type", "application/zip");
            assertThat(stored.status()).isEqualTo(201);
            byte[] head =
                    ("{\"configuration\": \"" + stored.text("configuration") + "\"}").getBytes(StandardCharsets.UTF_8);
            String[] first = {"If-None-Match", "*", "Content-Type", "application/json"};
            assertThat(client.send("PUT", "/configurations/head", head, first).status())
                    .isEqualTo(200);
            assertThat(client.send("PUT", "/configurations/head", head, first).status())
                    .isEqualTo(412);
            assertThat(client.post("/import", WAIT).text("outcome")).isEqualTo("converged");
            Answer plan = client.post("/plans");
            assertThat(plan.text("exact")).isEqualTo("true");
            Answer applied = client.postJson("/apply", "{\"plan_id\": \"" + plan.text("plan_id") + "\"}", WAIT);
            assertThat(applied.text("outcome")).isEqualTo("converged");
            assertThat(client.get(plan.header("Location")).text("state")).isEqualTo("applied");
        }
    }

    @Test
    void aClusterWithGraphsConvergesInABucket() {
        SampleCluster.in(folder);
        try (RunningService service = start("--control-plane.storage=" + root.display());
                S3ObjectStore store = TestBucket.open(server, root)) {
            ApiClient client = service.client();
            assertThat(client.post("/import", WAIT).text("state")).isEqualTo("succeeded");
            assertThat(client.post("/apply", WAIT).text("outcome")).isEqualTo("converged");

            Answer graph = client.get("/graphs/people");
            assertThat(graph.status()).isEqualTo(200);
            assertThat(graph.body()).contains(root.display() + "/graphs/people.omni");
            assertThat(store.exists(StorageRoot.graphKey("people").child("__manifest")))
                    .isEqualTo(new PrefixOutcome.Present());
            assertThat(folder.resolve("graphs")).doesNotExist();
        }
    }

    @Test
    void temporaryCredentialsReachTheStoreAndTheGraphs() {
        SampleCluster.in(folder);
        server.requireSessionToken("of-this-hour");
        System.setProperty("aws.sessionToken", "of-this-hour");
        try (RunningService service = start("--control-plane.storage=" + root.display())) {
            ApiClient client = service.client();
            assertThat(client.post("/import", WAIT).text("state")).isEqualTo("succeeded");
            assertThat(client.post("/apply", WAIT).text("outcome")).isEqualTo("converged");
            assertThat(client.get("/graphs/people").body()).doesNotContain("of-this-hour");
        }
    }

    @Test
    void graphsBelowAPrefixThatLanceWouldChangeAreRefusedBeforeAnythingIsStored() {
        SampleCluster.in(folder);
        StorageRoot.Bucket odd = new StorageRoot.Bucket(root.bucket(), root.prefix() + "/ha#sh");
        try (RunningService service = start("--control-plane.storage=" + odd.display());
                S3ObjectStore store = TestBucket.open(server, odd)) {
            ApiClient client = service.client();

            Answer plan = client.post("/plan");
            assertThat(plan.text("ok")).isEqualTo("false");
            assertThat(plan.body()).contains("graph_storage_unsupported", "other characters");
            for (String command : new String[] {"/import", "/apply"}) {
                Answer refused = client.post(command, WAIT);
                assertThat(refused.text("state")).isEqualTo("failed");
                assertThat(refused.text("problem.code")).isEqualTo("graph_storage_unsupported");
            }

            assertThat(client.get("/status").status()).isEqualTo(200);
            assertThat(store.exists(ControlKeys.GRAPHS)).isEqualTo(new PrefixOutcome.Absent());
            assertThat(store.exists(new ObjectKey("__cluster"))).isEqualTo(new PrefixOutcome.Absent());
        }
    }

    @Test
    void aStoreThatIgnoresConditionsIsNotTrusted() {
        SampleCluster.in(folder);
        server.ignoreConditionsOf("PUT");

        assertRefused("overwrites an object", "two writers");
    }

    @Test
    void deletionsInTwoStepsHaveToBeAccepted() {
        SampleCluster.in(folder);
        server.ignoreConditionsOf("DELETE");

        assertRefused("deletes an object that has changed", "control-plane.s3.deletes=compared");
        try (RunningService service =
                        start("--control-plane.storage=" + root.display(), "--control-plane.s3.deletes=compared");
                S3ObjectStore store = TestBucket.open(server, root)) {
            assertThat(service.client().get("/status").status()).isEqualTo(200);
            assertThat(store.list(new ObjectKey("__control/probe"))).isInstanceOf(ListOutcome.Listed.class);
            assertThat(store.exists(new ObjectKey("__control/probe"))).isEqualTo(new PrefixOutcome.Absent());
        }
    }

    @Test
    void whoMayNotUseTheBucketDoesNotStart() {
        SampleCluster.in(folder);
        System.setProperty("aws.secretAccessKey", "wrong");

        assertRefused("SignatureDoesNotMatch", "credentials");
    }

    @Test
    void anEndpointThatIsNoneIsNamed() {
        SampleCluster.in(folder);

        Throwable failure = catchThrowable(() -> RunningService.over(
                        folder, "--control-plane.storage=" + root.display(), "--AWS_ENDPOINT_URL=localhost:9000")
                .close());

        assertThat(analysis(failure).getDescription()).contains("localhost:9000");
    }

    private RunningService start(String... settings) {
        String[] all = new String[settings.length + 1];
        System.arraycopy(settings, 0, all, 1, settings.length);
        all[0] = "--AWS_ENDPOINT_URL_S3=" + server.endpoint();
        return RunningService.over(folder, all);
    }

    private void assertRefused(String reason, String remedy) {
        Throwable failure = catchThrowable(
                () -> start("--control-plane.storage=" + root.display()).close());
        assertThat(analysis(failure).getDescription()).contains(reason);
        assertThat(analysis(failure).getAction()).contains(remedy);
    }

    private static FailureAnalysis analysis(Throwable failure) {
        FailureAnalysis analysis = new StartRefusedAnalyzer().analyze(failure);
        assertThat(analysis).as("an explained refusal, not %s", failure).isNotNull();
        return analysis;
    }
}
