package dev.omnigraph.controlplane.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.testing.EngineProgram;
import dev.omnigraph.controlplane.testing.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the engine's own tool left where it was stopped at one of its fault points. Builds for users have no fault points,
 * so the graphs are made by such a build, and the stored documents are those that were recorded.
 */
public final class RecordedCrash {

    private static final Pattern ID = Pattern.compile("\\$\\{ULID:\\d+}");
    private static final String CONTROL_AREA = "__cluster";

    private final RecordedScenario scenario;
    private final EngineProgram engine;
    private final Map<String, String> ids = new HashMap<>();

    public RecordedCrash(String scenario, EngineProgram engine) {
        this.scenario = RecordedScenario.read(scenario);
        this.engine = engine;
    }

    /** Makes an empty folder what it was then. */
    public void leaveIn(Path folder) throws IOException {
        for (RecordedScenario.Step step : scenario.steps()) {
            step.write().ifPresent(files -> TestCluster.write(folder, files));
            if (step.failpoint().isPresent()) {
                stop(step, folder);
                return;
            }
            if (!step.run().isEmpty()) {
                run(step, folder);
            }
        }
        throw new IllegalStateException(scenario.name() + " stops nowhere");
    }

    private void stop(RecordedScenario.Step step, Path folder) throws IOException {
        boolean graphMoved = !step.failpoint().orElseThrow().matches(".*before_(graph|schema).*");
        if (graphMoved) {
            run(step, folder);
        }
        FileTrees.remove(folder.resolve(CONTROL_AREA));
        for (Map.Entry<String, JsonValue> file : step.controlFiles().members().entrySet()) {
            Path path = folder.resolve(filled(file.getKey(), folder));
            Files.createDirectories(path.getParent());
            String content =
                    file.getValue() instanceof JsonString text ? text.value() : JsonText.pretty(file.getValue()) + "\n";
            Files.writeString(path, filled(content, folder));
        }
    }

    private void run(RecordedScenario.Step step, Path folder) {
        List<String> arguments = new ArrayList<>(List.of("cluster"));
        arguments.addAll(step.run());
        arguments.addAll(List.of("--config", folder.toString(), "--json"));
        step.actor().ifPresent(actor -> arguments.addAll(List.of("--as", actor)));
        EngineProgram.Run run = engine.run(folder, arguments.toArray(String[]::new));
        assertThat(run.exit()).as(run.output() + run.errors()).isZero();
    }

    private String filled(String text, Path folder) {
        Matcher id = ID.matcher(text);
        String named =
                id.replaceAll(found -> ids.computeIfAbsent(found.group(), unused -> new UlidSource().nextUlid()));
        return named.replace("${CLUSTER}", folder.toString())
                .replace("${TIME}", "2026-06-10T10:00:00Z")
                .replace("${CAS}", "sha256:" + "0".repeat(64))
                .replace("${TEXT}", "as it was recorded");
    }
}
