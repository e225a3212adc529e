package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.operation.Cancellation;
import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.operation.OperationRead;
import dev.omnigraph.controlplane.operation.OperationRecord;

/** Why an operation cannot be shown or stopped. */
final class OperationProblems {

    private OperationProblems() {}

    /** @throws ProblemException when there is none, or what is there cannot be read */
    static OperationRecord requireFound(String id, OperationRead read) {
        if (read instanceof OperationRead.Found found) {
            return found.operation().record();
        } else if (read instanceof OperationRead.Unreadable unreadable) {
            throw unreadable(id, unreadable.reason());
        } else if (read instanceof OperationRead.Unavailable unavailable) {
            throw unavailable(unavailable.reason());
        }
        throw notFound(id);
    }

    /** For whatever was not done. */
    static ProblemException of(String id, Cancellation cancellation) {
        if (cancellation instanceof Cancellation.Ended ended) {
            return problem(
                    ProblemCode.OPERATION_ENDED,
                    "operation " + id + " has ended as "
                            + ended.operation().state().wire());
        } else if (cancellation instanceof Cancellation.Unreadable unreadable) {
            return unreadable(id, unreadable.reason());
        } else if (cancellation instanceof Cancellation.Unavailable unavailable) {
            return unavailable(unavailable.reason());
        }
        return notFound(id);
    }

    static ProblemException unavailable(String reason) {
        return new ProblemException(
                Problem.of(DiagnosticCode.STORAGE_UNAVAILABLE, "the operation records cannot be reached: " + reason));
    }

    private static ProblemException notFound(String id) {
        return problem(ProblemCode.OPERATION_NOT_FOUND, "no operation is recorded as `" + id + "`");
    }

    private static ProblemException unreadable(String id, String reason) {
        return problem(ProblemCode.OPERATION_UNREADABLE, "the record of operation " + id + ": " + reason);
    }

    private static ProblemException problem(ProblemCode code, String detail) {
        return new ProblemException(Problem.of(code, detail));
    }
}
