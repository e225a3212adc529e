package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.testing.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What lies in a cluster's folder, read from outside with nothing but file names and JSON.
 *
 * @param ledger empty where there is none
 * @param cas of the ledger
 * @param history the names of the ledgers that were kept
 * @param graphs by graph id, every file below its root with its digest
 * @param aside the same for what is moved aside
 */
public record StoredCluster(
        Optional<JsonObject> ledger,
        Optional<String> cas,
        Set<String> history,
        SortedMap<String, JsonObject> sidecars,
        SortedMap<String, JsonObject> artifacts,
        SortedMap<String, JsonObject> decisions,
        SortedMap<String, JsonObject> reservations,
        SortedMap<String, JsonObject> operations,
        SortedMap<String, SortedMap<String, String>> graphs,
        SortedMap<String, SortedMap<String, String>> aside,
        boolean locked,
        boolean frozen,
        Set<String> quarantined) {

    private static final String JSON = ".json";
    private static final String ROOT = ".omni";
    private static final Pattern SIGN_OF_LIFE = Pattern.compile("\"heartbeat(_at)?\": [^\n]*");
    private static final String RECOVERY_AUDIT = "_graph_commit_recoveries.lance/";
    private static final String LOCK_BRANCH = "__manifest/_refs/branches/__schema_apply_lock__.json";

    public static StoredCluster read(Path folder) {
        try {
            Path cluster = folder.resolve("__cluster");
            Path control = folder.resolve("__control");
            Optional<String> state = text(cluster.resolve("state.json"));
            return new StoredCluster(
                    state.flatMap(StoredCluster::json),
                    state.map(Sha256::hex).map(digest -> "sha256:" + digest),
                    names(control.resolve("history")),
                    documents(cluster.resolve("recoveries")),
                    documents(cluster.resolve("approvals")),
                    documents(control.resolve("approvals")),
                    documents(control.resolve("consumed")),
                    documents(control.resolve("operations")),
                    graphs(folder.resolve("graphs"), 1),
                    graphs(control.resolve("trash"), 2),
                    Files.exists(cluster.resolve("lock.json")),
                    Files.exists(control.resolve("freeze.json")),
                    names(control.resolve("quarantine")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells clusters apart by the names and contents of their files. That time has passed is no difference. */
    static String digest(Path folder) throws IOException {
        Path instances = folder.resolve("__control/instance");
        StringBuilder all = new StringBuilder();
        for (Path file : FileTrees.files(folder)) {
            byte[] content = file.startsWith(instances)
                    ? SIGN_OF_LIFE
                            .matcher(Files.readString(file))
                            .replaceAll("")
                            .getBytes(StandardCharsets.UTF_8)
                    : Files.readAllBytes(file);
            all.append(folder.relativize(file))
                    .append(' ')
                    .append(Sha256.hex(content))
                    .append('\n');
        }
        return Sha256.hex(all.toString());
    }

    long revision() {
        return ledger.flatMap(document -> document.get("state_revision"))
                .map(JsonText::compact)
                .map(Long::parseLong)
                .orElse(0L);
    }

    /** The digest that the ledger records of a resource. */
    Optional<String> recorded(String resource) {
        return ledger.flatMap(document -> member(document, "applied_revision", "resources", resource, "digest"));
    }

    /** The digest that the ledger records of each resource. */
    SortedMap<String, String> recorded() {
        SortedMap<String, String> digests = new TreeMap<>();
        ledger.flatMap(document -> object(document, "applied_revision", "resources"))
                .ifPresent(resources -> resources
                        .members()
                        .forEach((resource, entry) -> digests.put(
                                resource, member((JsonObject) entry, "digest").orElse(""))));
        return digests;
    }

    /** The graphs of which the ledger records a schema. */
    Set<String> recordedGraphs() {
        Set<String> recordedGraphs = new TreeSet<>();
        recorded().keySet().stream()
                .filter(resource -> resource.startsWith("schema."))
                .forEach(resource -> recordedGraphs.add(resource.substring("schema.".length())));
        return recordedGraphs;
    }

    /** The graphs whose engine is kept out by the lock branch of a schema apply. */
    Set<String> lockedGraphs() {
        Set<String> locked = new TreeSet<>(graphs.keySet());
        locked.removeIf(graph -> !graphs.get(graph).containsKey(LOCK_BRANCH));
        return locked;
    }

    /** The graphs in which an interrupted write was finished or undone at some time. */
    Set<String> recoveredGraphs() {
        Set<String> recovered = new TreeSet<>(graphs.keySet());
        recovered.removeIf(
                graph -> graphs.get(graph).keySet().stream().noneMatch(file -> file.startsWith(RECOVERY_AUDIT)));
        return recovered;
    }

    /** The resource that an approval is about. */
    String resourceOf(String approval) {
        return Stream.of(decisions, artifacts)
                .filter(documents -> documents.containsKey(approval))
                .flatMap(documents -> member(documents.get(approval), "resource").stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing says what approval " + approval + " is about"));
    }

    /** Approvals that nobody has taken back and that have no artifact. */
    Set<String> keptBack() {
        Set<String> keptBack = new TreeSet<>(decisions.keySet());
        keptBack.removeAll(artifacts.keySet());
        keptBack.removeIf(
                approval -> !member(decisions.get(approval), "decision").equals(Optional.of("approve"))
                        || object(decisions.get(approval), "revocation").isPresent());
        return keptBack;
    }

    /** Approvals that were taken back. */
    Set<String> revoked() {
        Set<String> revoked = new TreeSet<>(reservations.keySet());
        revoked.removeIf(
                approval -> member(reservations.get(approval), "revoked").isEmpty());
        return revoked;
    }

    /** Approvals that were taken back and whose artifact does not say so. */
    Set<String> revokedUnmarked() {
        Set<String> unmarked = new TreeSet<>(revoked());
        unmarked.retainAll(artifacts.keySet());
        unmarked.removeIf(
                approval -> member(artifacts.get(approval), "consumed_at").isPresent());
        return unmarked;
    }

    /** The records of the operations that announced a sidecar. */
    Stream<JsonObject> operationsOf(String sidecar) {
        return operations.values().stream()
                .filter(operation -> operation
                        .get("sidecars")
                        .filter(JsonArray.class::isInstance)
                        .filter(announced -> ((JsonArray) announced).elements().contains(new JsonString(sidecar)))
                        .isPresent());
    }

    /** By approval, the operation that the ledger says has used it. */
    SortedMap<String, String> consumptions() {
        SortedMap<String, String> consumptions = new TreeMap<>();
        ledger.flatMap(document -> object(document, "approval_records"))
                .ifPresent(records -> records.members()
                        .forEach((approval, record) -> member((JsonObject) record, "consumed_by_operation")
                                .ifPresent(operation -> consumptions.put(approval, operation))));
        return consumptions;
    }

    /** The digest of the schema that stands at the root of a graph; empty where nothing stands there. */
    Optional<String> liveSchema(String graph) {
        return Optional.ofNullable(graphs.get(graph)).map(files -> files.getOrDefault("_schema.pg", "missing"));
    }

    boolean hasSidecarOf(String graph) {
        return sidecars.values().stream()
                .anyMatch(sidecar -> member(sidecar, "graph_id").equals(Optional.of(graph)));
    }

    /** A string below an object; empty where it is not there, or is no string. */
    static Optional<String> member(JsonObject object, String... path) {
        Optional<JsonValue> value = Optional.of(object);
        for (String name : path) {
            value = value.filter(JsonObject.class::isInstance).flatMap(parent -> ((JsonObject) parent).get(name));
        }
        return value.filter(JsonString.class::isInstance).map(string -> ((JsonString) string).value());
    }

    private static Optional<JsonObject> object(JsonObject object, String... path) {
        Optional<JsonValue> value = Optional.of(object);
        for (String name : path) {
            value = value.filter(JsonObject.class::isInstance).flatMap(parent -> ((JsonObject) parent).get(name));
        }
        return value.filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }

    private static Optional<JsonObject> json(String text) {
        try {
            return JsonReader.read(text) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
        } catch (JsonSyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Path file) throws IOException {
        return content(file).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static Set<String> names(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(JSON))
                        .map(name -> name.substring(0, name.length() - JSON.length()))
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static SortedMap<String, JsonObject> documents(Path folder) throws IOException {
        SortedMap<String, JsonObject> documents = new TreeMap<>();
        for (String name : names(folder)) {
            text(folder.resolve(name + JSON))
                    .flatMap(StoredCluster::json)
                    .ifPresent(document -> documents.put(name, document));
        }
        return documents;
    }

    /**
     * What is gone when its turn comes is left out: somebody may be at work.
     *
     * @param depth how many folders below this one a root lies
     */
    private static SortedMap<String, SortedMap<String, String>> graphs(Path folder, int depth) throws IOException {
        SortedMap<String, SortedMap<String, String>> graphs = new TreeMap<>();
        for (Path file : files(folder)) {
            Path relative = folder.relativize(file);
            String root = relative.getName(depth - 1).toString();
            if (root.endsWith(ROOT) && relative.getNameCount() > depth) {
                content(file)
                        .ifPresent(bytes -> graphs.computeIfAbsent(
                                        root.substring(0, root.length() - ROOT.length()), unused -> new TreeMap<>())
                                .put(
                                        relative.subpath(depth, relative.getNameCount())
                                                .toString(),
                                        Sha256.hex(bytes)));
            }
        }
        return graphs;
    }

    private static List<Path> files(Path folder) throws IOException {
        try {
            return FileTrees.files(folder);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static Optional<byte[]> content(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
