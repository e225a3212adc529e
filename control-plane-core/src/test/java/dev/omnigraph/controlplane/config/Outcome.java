package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a load comes to, in the words of the recordings.
 *
 * @param findings each as code, severity, path
 * @param configDigest empty where there is no desired state
 * @param exit of {@code validate}
 */
record Outcome(List<String> findings, JsonArray resources, JsonArray dependencies, String configDigest, String exit) {

    static final String RECORDED_ROOT = "${CLUSTER}";

    /** Improvement I18: what a serving process would do, which the engine's own tool does not look at. */
    private static final Set<DiagnosticCode> NOT_RECORDED = EnumSet.of(
            DiagnosticCode.POLICY_INVALID,
            DiagnosticCode.SERVING_POLICY_CONFLICT,
            DiagnosticCode.SERVING_POLICY_SCOPE,
            DiagnosticCode.SERVING_POLICY_UNKNOWN_KEY,
            DiagnosticCode.SERVING_GRAPH_ID);

    static Outcome of(ConfigLoad load, String root) {
        List<String> findings = load.diagnostics().stream()
                .filter(finding -> !NOT_RECORDED.contains(finding.code()))
                .map(finding -> finding.code().wire() + " " + finding.severity().wire() + " "
                        + recordedPath(finding.path(), root))
                .toList();
        return new Outcome(
                findings,
                new JsonArray(load.desired().map(DesiredCluster::resources).orElse(List.of()).stream()
                        .<JsonValue>map(resource -> json(resource, root))
                        .toList()),
                new JsonArray(load.desired().map(DesiredCluster::dependencies).orElse(List.of()).stream()
                        .<JsonValue>map(Outcome::json)
                        .toList()),
                load.desired().map(DesiredCluster::configDigest).orElse(""),
                load.hasErrors() ? "1" : "0");
    }

    /** A recorded finding as code, severity, path. */
    static String finding(JsonObject recorded) {
        return Stream.of("code", "severity", "path")
                .map(name -> ((JsonString) recorded.get(name).orElseThrow()).value())
                .collect(Collectors.joining(" "));
    }

    /** The digests by address, as the recordings have them. */
    JsonObject digests() {
        JsonObject.Builder digests = JsonObject.builder();
        for (JsonValue resource : resources.elements()) {
            Map<String, JsonValue> members = ((JsonObject) resource).members();
            digests.put(((JsonString) members.get("address")).value(), members.get("digest"));
        }
        return digests.build();
    }

    Outcome withoutConfigDigest() {
        return new Outcome(findings, resources, dependencies, "", exit);
    }

    private static JsonObject json(DesiredResource resource, String root) {
        return JsonObject.builder()
                .put("address", resource.address().text())
                .put("kind", resource.kind())
                .put("digest", resource.digest())
                .putIfPresent("path", resource.path().map(path -> recordedPath(path, root)))
                .build();
    }

    private static JsonObject json(Dependency dependency) {
        return JsonObject.builder()
                .put("from", dependency.from().text())
                .put("to", dependency.to().text())
                .build();
    }

    private static String recordedPath(String path, String root) {
        return path.startsWith(root) ? RECORDED_ROOT + path.substring(root.length()) : path;
    }
}
