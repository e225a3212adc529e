package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.config.Dependency;
import dev.omnigraph.controlplane.config.DesiredResource;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** The parts that several answers share, in their wire form. */
final class OutputParts {

    private OutputParts() {}

    static JsonArray diagnostics(List<Diagnostic> diagnostics) {
        return JsonArray.of(diagnostics.stream().map(Diagnostic::toJson).toList());
    }

    static JsonObject digests(List<DesiredResource> resources) {
        JsonObject.Builder digests = JsonObject.builder();
        resources.forEach(resource -> digests.put(resource.address().text(), resource.digest()));
        return digests.build();
    }

    static JsonArray dependencies(List<Dependency> dependencies) {
        return JsonArray.of(dependencies.stream()
                .map(dependency -> JsonObject.builder()
                        .put("from", dependency.from().text())
                        .put("to", dependency.to().text())
                        .build())
                .toList());
    }

    /** The digest is left out where the configuration could not be read. */
    static JsonObject desiredRevision(Optional<String> configDigest) {
        return JsonObject.builder().putIfPresent("config_digest", configDigest).build();
    }
}
