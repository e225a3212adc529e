package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;

/**
 * Why an operation did not succeed.
 *
 * @param code the code of the first error finding
 * @param status the HTTP status an answer with this code has
 * @param detail what happened, on what, and what was and was not changed
 * @param remedy what to do next
 */
public record OperationProblem(String code, int status, String detail, String remedy) {

    public static OperationProblem of(DiagnosticCode code, String detail) {
        return new OperationProblem(code.wire(), code.httpStatus(), detail, code.remedy());
    }

    public static OperationProblem of(Diagnostic finding) {
        return of(finding.code(), finding.path() + ": " + finding.message());
    }
}
