package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.config.Dependency;
import dev.omnigraph.controlplane.config.DesiredResource;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import java.util.List;

/**
 * What validate answers.
 *
 * @param configDir the configuration folder as it was given
 * @param configFile its cluster.yaml
 * @param resources whatever could be made of the configuration, by address
 */
public record ValidateOutput(
        String configDir,
        String configFile,
        List<DesiredResource> resources,
        List<Dependency> dependencies,
        List<Diagnostic> diagnostics)
        implements CommandOutput {

    @Override
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("ok", ok())
                .put("config_dir", configDir)
                .put("config_file", configFile)
                .put("resource_digests", OutputParts.digests(resources))
                .put(
                        "resources",
                        JsonArray.of(resources.stream()
                                .map(resource -> JsonObject.builder()
                                        .put("address", resource.address().text())
                                        .put("kind", resource.kind())
                                        .put("digest", resource.digest())
                                        .putIfPresent("path", resource.path())
                                        .build())
                                .toList()))
                .put("dependencies", OutputParts.dependencies(dependencies))
                .put("diagnostics", OutputParts.diagnostics(diagnostics))
                .build();
    }
}
