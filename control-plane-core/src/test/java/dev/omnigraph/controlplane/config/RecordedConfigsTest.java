package dev.omnigraph.controlplane.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.testing.Recordings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every recorded {@code cluster.yaml}, read from a folder and from a bundle with the same files: findings with their
 * places and order, resources, edges, config digest, exit code, and where the ledger would lie.
 */
class RecordedConfigsTest {

    /** Improvement I17: these declare a relative {@code storage:}, which the engine's own tool resolves by itself. */
    private static final Set<String> RELATIVE_STORAGE = Set.of("name-anchor", "storage-int", "storage-upper");

    private static final String INVALID_STORAGE_ROOT = "invalid_storage_root error storage";

    @TempDir
    private Path folder;

    @Test
    void everyConfigurationIsReadAsRecorded() throws Exception {
        JsonObject recordings = (JsonObject) JsonReader.read(Recordings.text("golden-language/configs.json"));
        Map<String, FileContent> files = new HashMap<>();
        member(recordings, "files")
                .members()
                .forEach((path, content) -> files.put(path, FileContent.of(bytes(content))));
        for (Map.Entry<String, FileContent> file : files.entrySet()) {
            write(file.getKey(), file.getValue().bytes());
        }

        List<String> disagreements = new ArrayList<>();
        List<JsonValue> rows = ((JsonArray) recordings.get("rows").orElseThrow()).elements();
        for (JsonValue value : rows) {
            JsonObject row = (JsonObject) value;
            byte[] text = string(row, "text").getBytes(StandardCharsets.UTF_8);
            write("cluster.yaml", text);
            compare(row, new FolderConfigSource(folder), "folder", disagreements);
            files.put("cluster.yaml", FileContent.of(text));
            compare(row, new BundleConfigSource(folder.toString(), files), "bundle", disagreements);
        }

        assertThat(rows).hasSize(944);
        assertThat(disagreements).isEmpty();
    }

    private void compare(JsonObject row, ConfigSource source, String kind, List<String> disagreements) {
        ConfigLoad load = ClusterConfigLoader.load(source, LoadOptions.CONFINED);
        Outcome ours = Outcome.of(load, folder.toString());
        if (row.get("config_digest").isEmpty()) {
            ours = ours.withoutConfigDigest();
        }
        Outcome recorded = recorded(row);
        String where = string(row, "name") + " (" + kind + ")";
        if (!ours.equals(recorded)) {
            disagreements.add(where + "\nrecorded " + recorded + "\nours     " + ours);
        }
        HeaderLoad header = ClusterConfigLoader.loadHeader(source, LoadOptions.CONFINED);
        Optional<JsonValue> statePath = row.get("state_path");
        if (statePath.isPresent() && !statePath.get().equals(new JsonString(statePath(header)))) {
            disagreements.add(where + " stores its ledger in " + statePath(header));
        }
        if (!isBeginOf(header, load)) {
            disagreements.add(where + " finds other errors in its header: " + header.diagnostics());
        }
    }

    private String statePath(HeaderLoad load) {
        StorageRoot root = load.header()
                .flatMap(ClusterHeader::declaredStorage)
                .map(StorageRoot::parse)
                .orElseGet(() -> new StorageRoot.Folder(folder));
        return root.display(ControlKeys.STATE).replace(folder.toString(), Outcome.RECORDED_ROOT);
    }

    private static boolean isBeginOf(HeaderLoad header, ConfigLoad load) {
        int findings = header.diagnostics().size();
        return header.header().isPresent() == load.desired().isPresent()
                && findings <= load.diagnostics().size()
                && header.diagnostics().equals(load.diagnostics().subList(0, findings));
    }

    private static Outcome recorded(JsonObject row) {
        List<String> findings = new ArrayList<>();
        for (JsonValue finding : array(row, "diagnostics")) {
            findings.add(String.join(
                    " ",
                    ((JsonArray) finding)
                            .elements().stream()
                                    .map(word -> ((JsonString) word).value())
                                    .toList()));
        }
        String exit = ((JsonNumber) row.get("exit").orElseThrow()).text();
        if (RELATIVE_STORAGE.contains(string(row, "name"))) {
            findings.add(0, INVALID_STORAGE_ROOT);
            exit = "1";
        }
        return new Outcome(
                findings,
                new JsonArray(array(row, "resources")),
                new JsonArray(array(row, "dependencies")),
                row.get("config_digest")
                        .filter(JsonString.class::isInstance)
                        .map(digest -> ((JsonString) digest).value())
                        .orElse(""),
                exit);
    }

    private void write(String path, byte[] content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static byte[] bytes(JsonValue content) {
        return content instanceof JsonString text
                ? text.value().getBytes(StandardCharsets.UTF_8)
                : string((JsonObject) content, "latin1").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static JsonObject member(JsonObject object, String name) {
        return (JsonObject) object.get(name).orElseThrow();
    }

    private static List<JsonValue> array(JsonObject object, String name) {
        return ((JsonArray) object.get(name).orElseThrow()).elements();
    }

    private static String string(JsonObject object, String name) {
        return ((JsonString) object.get(name).orElseThrow()).value();
    }
}
