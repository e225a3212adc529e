package dev.omnigraph.controlplane.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.replay.TestCluster;
import dev.omnigraph.controlplane.command.ApplyOutput;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonBoolean;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.testing.EngineProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that this service made, in the hands of the engine's own tool, and back. */
class EngineAcceptsOurClusterTest {

    private final EngineProgram engine = EngineProgram.require();

    @Test
    void theEngineFindsNothingToDo(@TempDir Path temporary) throws IOException {
        try (TestCluster cluster = TestCluster.ofRecording(temporary, "two-graphs")) {
            cluster.converge();

            findsNothingToDo(cluster.folder());
        }
    }

    @Test
    void theEngineFindsNothingToDoAfterOurMigrationAndWeNoneAfterIts(@TempDir Path temporary) throws IOException {
        try (TestCluster cluster = TestCluster.ofRecording(temporary, "schema-add-property")) {
            cluster.converge();
            TestCluster.writeStep(cluster.folder(), "schema-add-property", 3);
            ApplyOutput ours = cluster.apply(Optional.of("alice"));
            assertThat(ours.converged()).as("%s", ours.diagnostics()).isTrue();
            findsNothingToDo(cluster.folder());

            TestCluster.writeStep(cluster.folder(), "schema-soft-drop", 3);
            json("cluster", "apply", "--config", cluster.folder().toString(), "--as", "bob", "--json");
            assertThat(cluster.plan().changes()).isEmpty();
            assertThat(cluster.refresh().diagnostics()).isEmpty();
            assertThat(cluster.status().diagnostics()).isEmpty();
        }
    }

    private void findsNothingToDo(Path cluster) {
        String folder = cluster.toString();
        JsonObject status = json("cluster", "status", "--config", folder, "--json");
        assertThat(status.get("ok")).contains(new JsonBoolean(true));
        assertThat(status.get("diagnostics")).contains(new JsonArray(List.of()));

        JsonObject plan = json("cluster", "plan", "--config", folder, "--json");
        assertThat(plan.get("changes")).contains(new JsonArray(List.of()));
        assertThat(plan.get("diagnostics")).contains(new JsonArray(List.of()));

        JsonObject apply = json("cluster", "apply", "--config", folder, "--json");
        assertThat(apply.get("converged")).contains(new JsonBoolean(true));
        assertThat(apply.get("state_written")).contains(new JsonBoolean(false));
    }

    @Test
    void theEngineLoadsAndQueriesOurGraphAndWeSeeItsRows(@TempDir Path temporary) throws IOException {
        try (TestCluster cluster = TestCluster.ofRecording(temporary, "first-run")) {
            cluster.converge();
            Path graph = cluster.folder().resolve("graphs/people.omni");
            Path rows = Files.writeString(temporary.resolve("rows.jsonl"), """
                    {"type": "Person", "data": {"name": "Ada", "age": 36}}
                    {"type": "Person", "data": {"name": "Grace", "email": "grace@example.org"}}
                    {"type": "Company", "data": {"name": "Navy", "founded": "1775-10-13"}}
                    {"edge": "WorksAt", "from": "Grace", "to": "Navy", "data": {"title": "Admiral"}}
                    """);

            EngineProgram.Run load =
                    engine.run(temporary, "load", "--data", rows.toString(), "--mode", "append", graph.toString());
            assertThat(load.exit()).as(load.errors()).isZero();
            EngineProgram.Run export = engine.run(temporary, "export", graph.toString());
            assertThat(export.output()).contains("\"Ada\"", "\"Grace\"", "\"Navy\"", "\"Admiral\"");

            assertThat(cluster.rows("people", "node:Person")).isEqualTo(2);
            assertThat(cluster.rows("people", "edge:WorksAt")).isEqualTo(1);
            assertThat(cluster.refresh().ok()).isTrue();
            assertThat(cluster.apply().converged()).isTrue();
        }
    }

    @Test
    void weTakeOverAClusterThatTheEngineMadeAndItTakesItBack(@TempDir Path temporary) throws IOException {
        try (TestCluster cluster = TestCluster.ofRecording(temporary, "first-run")) {
            String folder = cluster.folder().toString();
            json("cluster", "import", "--config", folder, "--json");
            json("cluster", "apply", "--config", folder, "--as", "alice", "--json");

            assertThat(cluster.plan().changes()).isEmpty();
            assertThat(cluster.apply().result().stateWritten()).isFalse();
            assertThat(cluster.refresh().diagnostics()).isEmpty();
            assertThat(cluster.status().diagnostics()).isEmpty();

            JsonObject status = json("cluster", "status", "--config", folder, "--json");
            assertThat(status.get("diagnostics")).contains(new JsonArray(List.of()));
            Optional<JsonValue> revision = status.get("state_observations")
                    .map(JsonObject.class::cast)
                    .flatMap(seen -> seen.get("state_revision"));
            assertThat(revision).contains(new JsonNumber("3"));
        }
    }

    private JsonObject json(String... arguments) {
        EngineProgram.Run run = engine.run(Path.of("."), arguments);
        assertThat(run.exit()).as("%s%s", run.output(), run.errors()).isZero();
        try {
            return (JsonObject) JsonReader.read(run.output());
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException(run.output(), e);
        }
    }
}
