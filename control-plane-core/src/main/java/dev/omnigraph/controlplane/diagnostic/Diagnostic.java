package dev.omnigraph.controlplane.diagnostic;

import dev.omnigraph.controlplane.json.JsonObject;

/**
 * One finding (control-plane.md 7.1).
 *
 * @param code what was found
 * @param severity the code's own, unless the command that reports it gives it another
 * @param path on what: a configuration path, a resource address or a stored document
 * @param message one sentence for a person: what happened, what was and was not changed
 */
public record Diagnostic(DiagnosticCode code, Severity severity, String path, String message) {

    /** A finding with the usual severity of its code. */
    public static Diagnostic of(DiagnosticCode code, String path, String message) {
        return new Diagnostic(code, code.severity(), path, message);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    public Diagnostic withSeverity(Severity other) {
        return new Diagnostic(code, other, path, message);
    }

    /** The finding with its keys in wire order. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("code", code.wire())
                .put("severity", severity.wire())
                .put("path", path)
                .put("message", message)
                .build();
    }
}
