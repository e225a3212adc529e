package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.config.LooseFiles;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** What validate answers for files that come without a configuration. */
public record FilesOutput(LooseFiles.Outcome outcome) implements CommandOutput {

    @Override
    public List<Diagnostic> diagnostics() {
        return outcome.findings();
    }

    @Override
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("ok", ok())
                .put(
                        "files",
                        JsonArray.of(outcome.files().stream()
                                .map(file -> JsonObject.builder()
                                        .put("path", file.path())
                                        .put("kind", file.kind().name().toLowerCase(Locale.ROOT))
                                        .put("digest", file.digest())
                                        .build())
                                .toList()))
                .put("diagnostics", OutputParts.diagnostics(diagnostics()))
                .build();
    }
}
