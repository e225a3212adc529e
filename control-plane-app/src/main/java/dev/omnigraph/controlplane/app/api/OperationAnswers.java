package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.http.Answers;
import dev.omnigraph.controlplane.app.operation.Acceptance;
import dev.omnigraph.controlplane.app.operation.OperationView;
import dev.omnigraph.controlplane.app.operation.OperationWork;
import dev.omnigraph.controlplane.app.operation.Operations;
import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.operation.OperationRead;
import dev.omnigraph.controlplane.operation.OperationRecord;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** How operations are answered: 202 and where to look while they are under way, 200 once they are over. */
@Component
class OperationAnswers {

    /** Seconds after which it is worth asking again. */
    private static final String RETRY_AFTER_RUNNING = "1";

    private static final String RETRY_AFTER_QUEUE_FULL = "5";

    private final Operations operations;
    private final OperationView view;

    OperationAnswers(Operations operations, OperationView view) {
        this.operations = operations;
        this.view = view;
    }

    /** Takes the work on, waits as long as the request prefers, and answers with how far it is then. */
    ResponseEntity<byte[]> submit(OperationWork work, Optional<String> actor, Duration wait) {
        OperationRecord accepted = accepted(operations.submit(work, actor));
        OperationRecord now = operations.find(accepted.id(), wait) instanceof OperationRead.Found found
                ? found.operation().record()
                : accepted;
        return now.state().isFinal() && !wait.isZero() ? ok(now) : accepted(now);
    }

    ResponseEntity<byte[]> ok(OperationRecord operation) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (!operation.state().isFinal()) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_RUNNING);
        }
        return Answers.json(answer, view.full(operation));
    }

    ResponseEntity<byte[]> accepted(OperationRecord operation) {
        return Answers.json(
                ResponseEntity.status(HttpStatus.ACCEPTED)
                        .location(URI.create("/operations/" + operation.id()))
                        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_RUNNING),
                view.full(operation));
    }

    private static OperationRecord accepted(Acceptance acceptance) {
        if (acceptance instanceof Acceptance.Accepted accepted) {
            return accepted.operation();
        } else if (acceptance instanceof Acceptance.QueueFull full) {
            throw new ProblemException(Problem.of(
                            ProblemCode.QUEUE_FULL, full.waiting() + " operations wait already; nothing was stored"))
                    .withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_QUEUE_FULL);
        } else if (acceptance instanceof Acceptance.NotStored notStored) {
            throw new ProblemException(Problem.of(
                    DiagnosticCode.STORAGE_UNAVAILABLE,
                    "the operation's record could not be stored, so that it was not taken on: " + notStored.reason()));
        }
        throw new ProblemException(
                Problem.of(ProblemCode.SHUTTING_DOWN, "nothing more is taken on; nothing was stored"));
    }
}
