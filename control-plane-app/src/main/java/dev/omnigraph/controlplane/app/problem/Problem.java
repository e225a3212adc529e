package dev.omnigraph.controlplane.app.problem;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.operation.OperationProblem;
import java.util.List;
import java.util.Locale;

/**
 * Why there is no other answer, in the form of RFC 9457.
 *
 * @param code what a program branches on
 * @param title the same for every problem of this code
 * @param detail what happened here, and what was and was not changed
 * @param remedy what to do next
 * @param diagnostics the findings behind it, if there are any
 */
public record Problem(
        String code, int status, String title, String detail, String remedy, List<Diagnostic> diagnostics) {

    private static final String TYPE_PREFIX = "urn:omnigraph:control-plane:problem:";

    public Problem {
        diagnostics = List.copyOf(diagnostics);
    }

    public static Problem of(ProblemCode code, String detail) {
        return of(code, detail, List.of());
    }

    public static Problem of(ProblemCode code, String detail, List<Diagnostic> diagnostics) {
        return new Problem(code.wire(), code.status(), code.title(), detail, code.remedy(), diagnostics);
    }

    /** A finding that decides the request. */
    public static Problem of(DiagnosticCode code, String detail) {
        return new Problem(code.wire(), code.httpStatus(), title(code.wire()), detail, code.remedy(), List.of());
    }

    /**
     * A command that failed; its first error decides.
     *
     * @throws IllegalArgumentException when none of the findings is an error
     */
    public static Problem of(List<Diagnostic> findings) {
        Diagnostic first = findings.stream()
                .filter(Diagnostic::isError)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no finding is an error"));
        DiagnosticCode code = first.code();
        return new Problem(
                code.wire(),
                code.httpStatus(),
                title(code.wire()),
                first.path() + ": " + first.message(),
                code.remedy(),
                findings);
    }

    /** The problem of an operation that ended without success. */
    public static Problem of(OperationProblem problem) {
        return new Problem(
                problem.code(), problem.status(), title(problem.code()), problem.detail(), problem.remedy(), List.of());
    }

    public JsonObject toJson() {
        return JsonObject.builder()
                .put("type", TYPE_PREFIX + code)
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("code", code)
                .put("remedy", remedy)
                .put(
                        "diagnostics",
                        JsonArray.of(
                                diagnostics.stream().map(Diagnostic::toJson).toList()))
                .build();
    }

    /** {@code state_lock_held} reads well enough as "State lock held". */
    private static String title(String code) {
        String words = code.replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
