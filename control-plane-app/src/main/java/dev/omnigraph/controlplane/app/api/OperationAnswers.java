package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.http.Answers;
import dev.omnigraph.controlplane.app.http.RepeatableCall;
import dev.omnigraph.controlplane.app.http.Waiting;
import dev.omnigraph.controlplane.app.operation.Acceptance;
import dev.omnigraph.controlplane.app.operation.OperationView;
import dev.omnigraph.controlplane.app.operation.OperationWork;
import dev.omnigraph.controlplane.app.operation.Operations;
import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.security.Principal;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.operation.FreezeRead;
import dev.omnigraph.controlplane.operation.FreezeStore;
import dev.omnigraph.controlplane.operation.OperationEnding;
import dev.omnigraph.controlplane.operation.OperationLife;
import dev.omnigraph.controlplane.operation.OperationRead;
import dev.omnigraph.controlplane.operation.OperationRecord;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
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
    private final Repetition repetition;
    private final FreezeStore freezes;

    OperationAnswers(Operations operations, OperationView view, Repetition repetition, FreezeStore freezes) {
        this.operations = operations;
        this.view = view;
        this.repetition = repetition;
        this.freezes = freezes;
    }

    /**
     * Takes work on, waits as long as the request prefers, and answers with how far it is then. For a request that comes
     * again this is the operation of the first time, however the configuration looks now.
     *
     * @param work asked for only if there is no such operation yet, with the id that it will have
     */
    ResponseEntity<byte[]> submit(
            RepeatableCall call, Function<String, OperationWork> work, Principal principal, Duration wait) {
        String id = repetition.id(call);
        if (call.request().isPresent() && operations.find(id, wait) instanceof OperationRead.Found found) {
            return answer(found.operation().record(), wait);
        }
        refuseWhileFrozen();
        OperationRecord accepted = accepted(operations.submit(id, work.apply(id), principal.actor()));
        OperationRecord now = operations.find(accepted.id(), wait) instanceof OperationRead.Found found
                ? found.operation().record()
                : accepted;
        return answer(now, wait);
    }

    private ResponseEntity<byte[]> answer(OperationRecord operation, Duration wait) {
        return operation.state().isFinal() && !wait.isZero() ? ok(operation) : accepted(operation);
    }

    private void refuseWhileFrozen() {
        FreezeRead freeze = freezes.read();
        if (freeze instanceof FreezeRead.Unavailable unavailable) {
            throw new ProblemException(Problem.of(
                    DiagnosticCode.STORAGE_UNAVAILABLE,
                    "whether the cluster is frozen is not known, so that nothing was taken on: "
                            + unavailable.reason()));
        }
        freeze.refusal().ifPresent(reason -> {
            throw new ProblemException(Problem.of(DiagnosticCode.CLUSTER_FROZEN, reason + "; nothing was taken on"));
        });
    }

    /**
     * Does the work and answers with its output; a request that comes again gets the answer of the first time.
     *
     * @throws ProblemException when it was not taken on, or failed
     */
    ResponseEntity<byte[]> done(
            RepeatableCall call,
            Supplier<OperationWork> work,
            Principal principal,
            Function<JsonObject, ResponseEntity<byte[]>> answer) {
        return repetition.answer(call, id -> answer.apply(output(id, work.get(), principal)));
    }

    private JsonObject output(String id, OperationWork work, Principal principal) {
        OperationRecord operation = accepted(operations.runHere(id, work, principal.actor()));
        if (!operation.state().isFinal() && operations.find(id, Waiting.MAX) instanceof OperationRead.Found elsewhere) {
            // The same request runs in another process.
            operation = elsewhere.operation().record();
        }
        Optional<OperationEnding> ending = operation.ended().map(OperationLife.Ended::ending);
        if (ending.isEmpty()) {
            throw new ProblemException(Problem.of(
                    DiagnosticCode.STORAGE_UNAVAILABLE,
                    "what became of operation " + operation.id()
                            + " could not be recorded; look at what it was to do"));
        }
        ending.get().problem().ifPresent(problem -> {
            throw new ProblemException(Problem.of(problem));
        });
        JsonObject.Builder output = JsonObject.builder();
        ending.get().result().orElse(JsonObject.empty()).members().forEach(output::put);
        return output.put("operation_id", operation.id()).build();
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
        } else if (acceptance instanceof Acceptance.Repeated repeated) {
            return repeated.operation();
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
