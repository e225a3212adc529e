package dev.omnigraph.controlplane.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.testing.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The configurations of every recorded scenario, as they change from step to step: what {@code validate} said of them,
 * and the desired revision, digests and edges that {@code plan} started from.
 */
class RecordedScenariosTest {

    @TempDir
    private Path parent;

    private final List<String> disagreements = new ArrayList<>();
    private int validations;
    private int plans;

    @Test
    void everyStepFindsTheRecordedDesiredState() throws Exception {
        for (String collection : List.of("golden", "golden-s3")) {
            try (Stream<Path> scenarios = Files.list(Recordings.path(collection))) {
                for (Path scenario : scenarios.sorted().toList()) {
                    replay(collection + "/" + scenario.getFileName());
                }
            }
        }

        assertThat(disagreements).isEmpty();
        assertThat(validations).isEqualTo(31);
        assertThat(plans).isEqualTo(132);
    }

    private void replay(String scenario) throws IOException, JsonSyntaxException {
        Path folder = Files.createDirectories(parent.resolve(scenario));
        JsonObject recording = (JsonObject) JsonReader.read(Recordings.text(scenario + "/scenario.json"));
        int number = 0;
        for (JsonValue value : array(recording, "steps")) {
            JsonObject step = (JsonObject) value;
            number++;
            changeFiles(folder, step);
            Optional<String> command = step.get("run")
                    .map(words -> text(((JsonArray) words).elements().get(0)));
            if (command.equals(Optional.of("validate")) || command.equals(Optional.of("plan"))) {
                compare(scenario + " step " + number, command.get(), step, load(folder));
            }
        }
    }

    private static Outcome load(Path folder) {
        ConfigLoad load = ClusterConfigLoader.load(new FolderConfigSource(folder), LoadOptions.CONFINED);
        return Outcome.of(load, folder.toString());
    }

    private void compare(String where, String command, JsonObject step, Outcome ours) {
        JsonObject output = (JsonObject) step.get("output").orElseThrow();
        compare(where + " dependencies", output.get("dependencies").orElseThrow(), ours.dependencies());
        compare(where + " digests", output.get("resource_digests").orElseThrow(), ours.digests());
        if (command.equals("plan")) {
            plans++;
            JsonObject revision = (JsonObject) output.get("desired_revision").orElseThrow();
            compare(
                    where + " revision",
                    revision.get("config_digest")
                            .map(RecordedScenariosTest::text)
                            .orElse(""),
                    ours.configDigest());
        } else {
            validations++;
            List<String> findings = array(output, "diagnostics").stream()
                    .map(finding -> Outcome.finding((JsonObject) finding))
                    .toList();
            compare(where + " findings", findings, ours.findings());
            compare(where + " resources", output.get("resources").orElseThrow(), ours.resources());
            compare(where + " exit", ((JsonNumber) step.get("exit").orElseThrow()).text(), ours.exit());
        }
    }

    private void compare(String what, Object recorded, Object ours) {
        if (!recorded.equals(ours)) {
            disagreements.add(what + "\nrecorded " + recorded + "\nours     " + ours);
        }
    }

    private static void changeFiles(Path folder, JsonObject step) throws IOException {
        if (step.get("write").isPresent()) {
            for (Map.Entry<String, JsonValue> file :
                    ((JsonObject) step.get("write").get()).members().entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, text(file.getValue()).replace(Outcome.RECORDED_ROOT, folder.toString()));
            }
        }
        if (step.get("remove").isPresent()) {
            for (JsonValue path : array(step, "remove")) {
                removeSource(folder.resolve(text(path)));
            }
        }
    }

    /** Folders that scenarios remove are graph roots and catalog folders, which no configuration names. */
    private static void removeSource(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            Files.delete(path);
        }
    }

    private static List<JsonValue> array(JsonObject object, String name) {
        return ((JsonArray) object.get(name).orElseThrow()).elements();
    }

    private static String text(JsonValue value) {
        return ((JsonString) value).value();
    }
}
