package dev.omnigraph.controlplane.app.replay;

import dev.omnigraph.controlplane.command.CommandOutput;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.json.JsonBoolean;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.ledger.InvalidDocumentException;
import dev.omnigraph.controlplane.ledger.LockDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Does what a recorded scenario did, through this service's commands, and compares what comes of it. */
final class ScenarioReplay {

    private static final String CONTROL_AREA = "__cluster";
    private static final String GRAPHS = "graphs";
    private static final String PLACE = "${CLUSTER}";

    private final RecordedScenario scenario;
    private final DeclaredDifferences declared;
    private final Path folder;
    private final ReplayStorage storage;
    private final Comparison comparison;
    /** Documents that the scenario itself put there, laid out as it liked. */
    private final Set<String> writtenByScenario = new HashSet<>();

    private Optional<String> armed = Optional.empty();

    /** A replay in an empty folder, which is also where everything is stored. */
    ScenarioReplay(RecordedScenario scenario, DeclaredDifferences declared, Path folder) {
        this(scenario, declared, folder, new ReplayFolder(folder));
    }

    /** A replay of a configuration in an empty folder, stored elsewhere. */
    ScenarioReplay(RecordedScenario scenario, DeclaredDifferences declared, Path folder, ReplayStorage storage) {
        this.scenario = scenario;
        this.declared = declared;
        this.folder = folder;
        this.storage = storage;
        this.comparison = new Comparison(this::placed);
    }

    /** A recorded text with this replay's places in it. */
    private String placed(String recorded) {
        return recorded.replace("file://" + PLACE + "/" + CONTROL_AREA, storage.uri() + "/" + CONTROL_AREA)
                .replace(PLACE + "/" + CONTROL_AREA, storage.display() + "/" + CONTROL_AREA)
                .replace(PLACE + "/" + GRAPHS, storage.display() + "/" + GRAPHS)
                .replace(PLACE, folder.toString());
    }

    private static boolean isStored(String path) {
        return path.startsWith(CONTROL_AREA) || path.startsWith(GRAPHS);
    }

    /** Everything in which this service differs from the recording without saying so. */
    List<String> run() throws IOException {
        try (TestCluster cluster = storage.open(this::reach)) {
            run(cluster);
        }
        return comparison.differences();
    }

    private void run(TestCluster cluster) throws IOException {
        for (int i = 0; i < scenario.steps().size(); i++) {
            RecordedScenario.Step step = scenario.steps().get(i);
            if (step.write().isPresent()) {
                write(step.write().get());
            }
            for (String path : step.remove()) {
                place(path).remove(path);
            }
            if (step.patch().isPresent()) {
                patch(step.patch().get());
            }
            if (!step.engine().isEmpty()) {
                runEngine(step, cluster);
            }
            if (!step.run().isEmpty()) {
                compare(i, step, cluster);
            }
        }
    }

    private void patch(RecordedScenario.Patch patch) throws IOException {
        ReplayStorage place = place(patch.file());
        try {
            JsonObject document =
                    (JsonObject) JsonReader.read(place.read(patch.file()).orElseThrow());
            place.write(patch.file(), JsonText.pretty(patch.applyTo(document)) + "\n");
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException(patch.file(), e);
        }
    }

    private void compare(int index, RecordedScenario.Step step, TestCluster cluster) throws IOException {
        String place = scenario.name() + "[" + index + "] " + String.join(" ", step.run());
        armed = step.failpoint();
        if (!declared.isRefusedUnread(step)) {
            compareAnswer(place, execute(step, cluster), declared.output(scenario.name(), index, step));
        }
        compareFiles(place, declared.controlFiles(scenario.name(), index, step));
        List<String> roots = storage.children(GRAPHS);
        if (!roots.equals(step.graphRoots())) {
            comparison.note(place, "graph roots " + roots + " where " + step.graphRoots() + " were recorded");
        }
    }

    private void compareAnswer(String place, CommandOutput output, JsonObject expected) {
        comparison.answer(place, expected, output.toJson());
        if (!expected.get("ok").equals(Optional.of(new JsonBoolean(output.ok())))) {
            comparison.note(place, "ended with ok " + output.ok());
        }
    }

    private void reach(FaultPoint point) {
        if (armed.filter(point.wire()::equals).isPresent()) {
            throw new InjectedFaultException(point);
        }
    }

    private CommandOutput execute(RecordedScenario.Step step, TestCluster cluster) {
        String command = step.run().get(0);
        return switch (command) {
            case "validate" -> cluster.validate();
            case "plan" -> cluster.plan();
            case "apply" -> cluster.apply(step.actor());
            case "approve" -> cluster.approve(step.run().get(1), step.actor().orElseThrow());
            case "import" -> cluster.importLedger();
            case "refresh" -> cluster.refresh(declared.acceptedLosses(scenario.name()));
            case "status" -> cluster.status();
            case "force-unlock" -> cluster.forceUnlock(lockId(step.run().get(1)));
            default -> throw new IllegalStateException("no command " + command);
        };
    }

    private String lockId(String argument) {
        if (!argument.equals("${LOCK_ID}")) {
            return argument;
        }
        try {
            return LockDocument.read(storage.read("__cluster/lock.json").orElseThrow())
                    .lockId();
        } catch (IOException | InvalidDocumentException e) {
            throw new IllegalStateException(e);
        }
    }

    private void compareFiles(String place, JsonObject recorded) throws IOException {
        List<String> found = storage.files(CONTROL_AREA);
        Map<String, JsonValue> expected = new TreeMap<>();
        recorded.members().forEach((file, content) -> expected.put(comparison.actualName(file, found), content));
        if (!List.copyOf(expected.keySet()).equals(found)) {
            comparison.note(place, "control files " + found + " where " + expected.keySet() + " were recorded");
        }
        for (String file : found) {
            JsonValue content = expected.get(file);
            if (content != null) {
                compareFile(place + " " + file, content, storage.read(file).orElseThrow());
            }
        }
    }

    private void compareFile(String place, JsonValue recorded, String actual) {
        if (recorded instanceof JsonString text) {
            if (!text.value().equals(actual)) {
                comparison.note(place, "recorded " + text.value() + ", found " + actual);
            }
            return;
        }
        try {
            JsonValue document = JsonReader.read(actual);
            comparison.document(place, recorded, document);
            boolean isOurs = !writtenByScenario.contains(actual);
            if (isOurs && !actual.equals(JsonText.pretty(document) + "\n")) {
                comparison.note(place, "is not laid out as stored documents are: " + actual);
            }
        } catch (JsonSyntaxException e) {
            comparison.note(place, "is no JSON: " + actual);
        }
    }

    /** What recorded runs of the engine do to a graph, done without it. */
    private void runEngine(RecordedScenario.Step step, TestCluster cluster) throws IOException {
        List<String> command = step.engine();
        switch (command.get(0)) {
            case "branch" -> cluster.branch(step.graph(), step.engine().get(2));
            case "schema" -> {
                Path schema = Path.of(command.get(3).replace("${ROOT}", folder.toString()));
                cluster.migrate(step.graph(), Files.readString(schema));
            }
            default -> throw new IllegalStateException("no command " + command);
        }
    }

    private void write(JsonObject files) throws IOException {
        for (Map.Entry<String, JsonValue> file : files.members().entrySet()) {
            String content = ((JsonString) file.getValue()).value();
            place(file.getKey()).write(file.getKey(), placed(content));
            writtenByScenario.add(content);
        }
    }

    private ReplayStorage place(String path) {
        return isStored(path) ? storage : new ReplayFolder(folder);
    }
}
