package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.http.Answers;
import dev.omnigraph.controlplane.app.http.RepeatableCall;
import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.id.IdSource;
import dev.omnigraph.controlplane.operation.IdempotencyClaim;
import dev.omnigraph.controlplane.operation.IdempotencyStore;
import dev.omnigraph.controlplane.operation.IdempotencyStore.Outcome;
import dev.omnigraph.controlplane.operation.KeptAnswer;
import dev.omnigraph.controlplane.operation.RepeatableRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Requests that come again with their key. What a request makes gets an id before anything else happens, and a repetition
 * finds that id: where the thing is there it is answered, where the process died before making it the repetition makes it.
 * A request that was refused leaves a key without an answer, so that its repetition is tried anew.
 */
@Component
class Repetition {

    private static final Logger LOG = LoggerFactory.getLogger(Repetition.class);

    private final IdempotencyStore keys;
    private final IdSource ids;
    private final InstantSource clock;

    Repetition(IdempotencyStore keys, IdSource ids, InstantSource clock) {
        this.keys = keys;
        this.ids = ids;
        this.clock = clock;
    }

    /** The id for what the request makes: a new one, or that of the first time. */
    String id(RepeatableCall call) {
        return call.request().map(request -> claim(request).id()).orElseGet(ids::nextUlid);
    }

    /**
     * Does what the request asks for, once, and gives the same answer to repetitions.
     *
     * @param action gets the id for what it makes. It runs again under the same id where it threw, or where its answer could
     *     not be kept, so that it has to find its own work.
     */
    ResponseEntity<byte[]> answer(RepeatableCall call, Function<String, ResponseEntity<byte[]>> action) {
        if (call.request().isEmpty()) {
            return action.apply(ids.nextUlid());
        }
        IdempotencyClaim claim = claim(call.request().get());
        if (claim.answer().isPresent()) {
            return again(claim.answer().get());
        }
        ResponseEntity<byte[]> answer = action.apply(claim.id());
        if (!keys.keep(claim, kept(answer))) {
            LOG.warn("the answer of {} could not be kept; a repetition does it again", claim.id());
        }
        return answer;
    }

    private IdempotencyClaim claim(RepeatableRequest request) {
        Outcome outcome = keys.claim(request, ids.nextUlid(), clock.instant());
        if (outcome instanceof Outcome.Fresh fresh) {
            return fresh.claim();
        } else if (outcome instanceof Outcome.Repeated repeated) {
            return repeated.claim();
        } else if (outcome instanceof Outcome.Reused) {
            throw new ProblemException(Problem.of(
                    ProblemCode.IDEMPOTENCY_KEY_REUSED,
                    "another request with another body came with this key; nothing was done"));
        }
        String reason = outcome instanceof Outcome.Unreadable unreadable
                ? "what is stored for the key cannot be understood: " + unreadable.reason()
                : ((Outcome.Unavailable) outcome).reason();
        throw new ProblemException(Problem.of(
                DiagnosticCode.STORAGE_UNAVAILABLE,
                "the key could not be claimed, so that nothing was done: " + reason));
    }

    private static KeptAnswer kept(ResponseEntity<byte[]> answer) {
        byte[] body = Objects.requireNonNullElse(answer.getBody(), new byte[0]);
        return new KeptAnswer(
                answer.getStatusCode().value(),
                Optional.ofNullable(answer.getHeaders().getLocation()).map(URI::toString),
                new String(body, StandardCharsets.UTF_8));
    }

    private static ResponseEntity<byte[]> again(KeptAnswer kept) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(kept.status());
        kept.location().map(URI::create).ifPresent(answer::location);
        return Answers.jsonText(answer, kept.body());
    }
}
