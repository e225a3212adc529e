package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.omnigraph.controlplane.app.settings.ControlPlaneSettings;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.id.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A start that cannot be right is refused with what to do. */
class StartTest {

    @TempDir
    Path folder;

    @BeforeEach
    void configure() {
        SampleCluster.in(folder);
    }

    @Test
    void productionNeedsAuthentication() {
        assertRefused(
                refusal("--control-plane.config-dir=" + folder), "every request must be authenticated", "mode=dev");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    token-file=/no/such/file      | lets nobody in            | ./token create
                    issuer=https://issuer.example | without                   | Set the audience
                    issuer=http://issuer.example  | is no https address       | https://
                    issuer=issuer.example         | is no https address       | https://
                    issuer=a b                    | is no address             | https://
                    """)
    void authenticationThatCannotBeRightIsRefused(String setting, String reason, String remedy) {
        assertRefused(
                refusal("--control-plane.config-dir=" + folder, "--control-plane.authentication." + setting),
                reason,
                remedy);
    }

    @Test
    void devDoesNotPretendToAuthenticate() {
        assertRefused(
                refusal(
                        "--control-plane.mode=dev",
                        "--control-plane.config-dir=" + folder,
                        "--control-plane.authentication.token-file=tokens"),
                "dev mode asks nobody",
                "Leave control-plane.mode=dev out");
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0", "::", "192.0.2.1"})
    void devListensOnTheLoopbackOnly(String address) {
        assertRefused(
                refusal(
                        "--control-plane.mode=dev",
                        "--control-plane.config-dir=" + folder,
                        "--server.address=" + address),
                "can be reached from other machines",
                "127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --control-plane.storage=relative/path       | relative/path              | absolute path
                    --control-plane.storage=s3://               | s3://                      | s3://bucket/prefix
                    --control-plane.instance-id=a.b             | a.b                        | ASCII letters
                    --control-plane.cluster-id=a b              | a b                        | ASCII letters
                    --control-plane.fault-points=x=error        | there is no fault point    | separated by commas
                    """)
    void settingsThatCannotBeUsedAreNamed(String setting, String reason, String remedy) {
        assertRefused(
                refusal("--control-plane.mode=dev", "--control-plane.config-dir=" + folder, setting), reason, remedy);
    }

    @Test
    void faultPointsAreNotForProduction() {
        ControlPlaneSettings production = new Binder(new MapConfigurationPropertySource(
                        Map.of("control-plane.fault-points", "cluster_apply.after_graph_create=error")))
                .bindOrCreate("control-plane", ControlPlaneSettings.class);

        assertRefused(
                catchThrowable(() -> new StorageWiring().faultPoints(production, Pause.REAL)),
                "production does not stop at fault points",
                "Remove the setting");
    }

    @Test
    void aStoreOfAnotherClusterIsRefused() {
        RunningService.over(folder, "--control-plane.cluster-id=prod").close();

        assertRefused(
                refusal(
                        "--control-plane.mode=dev",
                        "--control-plane.config-dir=" + folder,
                        "--control-plane.cluster-id=staging"),
                "belongs to cluster prod",
                "control-plane.storage");
    }

    @Test
    void aStoreOfANewerVersionIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("__control"));
        Files.writeString(folder.resolve("__control/cluster.json"), "{\"format\": 2}");

        assertRefused(
                refusal("--control-plane.mode=dev", "--control-plane.config-dir=" + folder),
                "format 2",
                "version of the service that wrote it");
    }

    @Test
    void aConfigurationThatCannotBeUnderstoodDoesNotDecideWhereTheClusterIs() throws IOException {
        Files.writeString(folder.resolve("cluster.yaml"), "version: 2\n");

        assertRefused(
                refusal("--control-plane.mode=dev", "--control-plane.config-dir=" + folder),
                "Where the cluster is stored is not known",
                "control-plane.storage");
    }

    @Test
    void aSettingDecidesWhereTheClusterIsWhateverTheConfigurationSays() throws IOException {
        Files.writeString(folder.resolve("cluster.yaml"), "version: 2\n");
        Path storage = folder.resolve("elsewhere");

        RunningService.over(folder, "--control-plane.storage=" + storage).close();

        assertThat(storage.resolve("__control/cluster.json")).exists();
        assertThat(folder.resolve("__control")).doesNotExist();
    }

    @Test
    void theConfigurationDecidesWhereNoSettingDoes() throws IOException {
        Path storage = folder.resolve("elsewhere");
        Files.writeString(folder.resolve("cluster.yaml"), "version: 1\nstorage: " + storage + "\n");

        RunningService.over(folder).close();

        assertThat(storage.resolve("__control/cluster.json")).exists();
    }

    private static Throwable refusal(String... settings) {
        return catchThrowable(() -> RunningService.start(settings).close());
    }

    private static void assertRefused(Throwable failure, String reason, String remedy) {
        FailureAnalysis analysis = new StartRefusedAnalyzer().analyze(failure);
        assertThat(analysis).as("an explained refusal, not %s", failure).isNotNull();
        assertThat(analysis.getDescription()).contains(reason);
        assertThat(analysis.getAction()).contains(remedy);
    }
}
