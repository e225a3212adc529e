package dev.omnigraph.controlplane.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.apply.ApplyRequest;
import dev.omnigraph.controlplane.command.ClusterService;
import dev.omnigraph.controlplane.command.CommandOutput;
import dev.omnigraph.controlplane.config.ClusterConfigLoader;
import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.config.FolderConfigSource;
import dev.omnigraph.controlplane.config.HeaderLoad;
import dev.omnigraph.controlplane.config.LoadOptions;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.graph.GraphEngine;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.json.JsonBoolean;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.ledger.LockDocument;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandSettings;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.lance.Dataset;
import org.lance.Ref;

/** Does what a recorded scenario did, through this service's commands, and compares what comes of it. */
final class ScenarioReplay {

    private static final String CONTROL_AREA = "__cluster";
    private static final String GRAPHS = "graphs";

    private final RecordedScenario scenario;
    private final DeclaredDifferences declared;
    private final Path folder;
    private final ClusterService service;
    private final Comparison comparison;
    /** Documents that the scenario itself put there, laid out as it liked. */
    private final Set<String> writtenByScenario = new HashSet<>();

    private Optional<String> armed = Optional.empty();

    ScenarioReplay(
            RecordedScenario scenario,
            DeclaredDifferences declared,
            Path folder,
            ObjectStore store,
            GraphEngine engine) {
        this.scenario = scenario;
        this.declared = declared;
        this.folder = folder;
        this.service = new ClusterService(new ClusterContext(
                new StorageRoot.Folder(folder),
                store,
                engine,
                InstantSource.system(),
                new UlidSource(),
                Pause.REAL,
                this::reach,
                Runnable::run,
                new CommandSettings(Duration.ZERO, ProcessHandle.current().pid())));
        this.comparison = new Comparison(folder.toString());
    }

    /** Everything in which this service differs from the recording without saying so. */
    List<String> run() throws IOException {
        for (int i = 0; i < scenario.steps().size(); i++) {
            RecordedScenario.Step step = scenario.steps().get(i);
            step.write().ifPresent(this::write);
            for (String path : step.remove()) {
                remove(folder.resolve(path));
            }
            if (!step.engine().isEmpty()) {
                createBranch(step);
            }
            if (!step.run().isEmpty()) {
                compare(i, step);
            }
        }
        return comparison.differences();
    }

    private void compare(int index, RecordedScenario.Step step) throws IOException {
        String place = scenario.name() + "[" + index + "] " + String.join(" ", step.run());
        armed = step.failpoint();
        if (!declared.isNotOffered(step.run().get(0))) {
            compareAnswer(place, execute(step), declared.output(scenario.name(), index, step));
        }
        compareFiles(place, declared.controlFiles(scenario.name(), index, step));
        List<String> roots = children(folder.resolve(GRAPHS));
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

    private CommandOutput execute(RecordedScenario.Step step) {
        String command = step.run().get(0);
        return switch (command) {
            case "validate" -> service.validate(load());
            case "plan" -> service.plan(load());
            case "apply" -> service.apply(load(), ApplyRequest.by(step.actor()), RunListener.NONE);
            case "import" -> service.importLedger(load(), RunListener.NONE);
            case "refresh" -> service.refresh(load(), declared.acceptedLosses(scenario.name()), RunListener.NONE);
            case "status" -> service.status(header(), true);
            case "force-unlock" ->
                service.forceUnlock(header(), lockId(step.run().get(1)));
            default -> throw new IllegalStateException("no command " + command);
        };
    }

    private ConfigLoad load() {
        return ClusterConfigLoader.load(new FolderConfigSource(folder), LoadOptions.CONFINED);
    }

    private HeaderLoad header() {
        return ClusterConfigLoader.loadHeader(new FolderConfigSource(folder), LoadOptions.CONFINED);
    }

    private String lockId(String argument) {
        if (!argument.equals("${LOCK_ID}")) {
            return argument;
        }
        try {
            return LockDocument.read(Files.readString(folder.resolve("__cluster/lock.json")))
                    .lockId();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void compareFiles(String place, JsonObject recorded) throws IOException {
        List<String> found = files(folder.resolve(CONTROL_AREA));
        Map<String, JsonValue> expected = new TreeMap<>();
        recorded.members().forEach((file, content) -> expected.put(comparison.actualName(file, found), content));
        if (!List.copyOf(expected.keySet()).equals(found)) {
            comparison.note(place, "control files " + found + " where " + expected.keySet() + " were recorded");
        }
        for (String file : found) {
            JsonValue content = expected.get(file);
            if (content != null) {
                compareFile(place + " " + file, content, Files.readString(folder.resolve(file)));
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

    /** The only thing that recorded runs of the engine do to a graph here. */
    private void createBranch(RecordedScenario.Step step) {
        assertThat(step.engine()).startsWith("branch", "create");
        Path manifest = folder.resolve(GRAPHS).resolve(step.graph() + ".omni").resolve("__manifest");
        try (BufferAllocator allocator = new RootAllocator();
                Dataset main = Dataset.open()
                        .allocator(allocator)
                        .uri(manifest.toString())
                        .build();
                Dataset branch = main.createBranch(step.engine().get(2), Ref.ofMain(main.version()))) {
            assertThat(branch.version()).isEqualTo(main.version());
        }
    }

    private void write(JsonObject files) {
        files.members().forEach((path, content) -> {
            try {
                Path file = folder.resolve(path);
                Files.createDirectories(file.getParent());
                String text = ((JsonString) content).value().replace("${CLUSTER}", folder.toString());
                Files.writeString(file, text);
                writtenByScenario.add(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void remove(Path path) throws IOException {
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static List<String> children(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(path)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private List<String> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(path)) {
            return tree.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
