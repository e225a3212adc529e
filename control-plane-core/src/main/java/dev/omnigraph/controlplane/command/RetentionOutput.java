package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.retention.RetentionResult;
import java.util.List;

/** What a run of retention answers. */
public record RetentionOutput(RetentionResult result, List<Diagnostic> diagnostics) implements CommandOutput {

    @Override
    public JsonObject toJson() {
        JsonObject.Builder removed = JsonObject.builder();
        result.removed().forEach(removed::put);
        List<JsonObject> kept = result.kept().stream()
                .map(stays -> JsonObject.builder()
                        .put("path", stays.path())
                        .put("reason", stays.reason())
                        .build())
                .toList();
        return JsonObject.builder()
                .put("ok", ok())
                .put("removed", removed.build())
                .put("kept", JsonArray.of(kept))
                .put("more", result.more())
                .put("diagnostics", OutputParts.diagnostics(diagnostics))
                .build();
    }
}
