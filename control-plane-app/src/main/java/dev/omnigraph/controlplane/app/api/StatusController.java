package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.http.Answers;
import dev.omnigraph.controlplane.app.http.Waiting;
import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.security.Requires;
import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.app.status.StatusBoard;
import dev.omnigraph.controlplane.app.status.StatusReader;
import dev.omnigraph.controlplane.app.status.StatusSnapshot;
import dev.omnigraph.controlplane.app.status.StatusWatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * What is recorded. Requests are answered from a reading that many share, and that is no older than a stated time; one that
 * says {@code Cache-Control: no-cache} from the store as it is now.
 */
@RestController
class StatusController {

    private static final String VERIFY_CATALOG = "catalog";
    private static final String NO_CACHE = "no-cache";

    private final StatusReader reader;
    private final StatusBoard board;
    private final StatusWatch watch;

    StatusController(StatusReader reader, StatusBoard board, StatusWatch watch) {
        this.reader = reader;
        this.board = board;
        this.watch = watch;
    }

    /** @param wait never there; named, so that whoever misspells it is told of it */
    @GetMapping(path = "/status", params = "!wait")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> status(
            @RequestParam("verify") Optional<String> verify,
            @RequestParam("wait") Optional<String> wait,
            @RequestHeader HttpHeaders headers) {
        List<String> seen = seen(headers);
        boolean anew = verifies(verify) || NO_CACHE.equals(headers.getCacheControl());
        return answer(anew ? StatusSnapshot.of(reader.read(verify.isPresent())) : board.recent(), seen);
    }

    /**
     * Answered when the status is another than the one the request has, or when the time is up. What is verified now is
     * answered now.
     */
    @GetMapping(path = "/status", params = "wait")
    @Requires(Role.VIEWER)
    DeferredResult<ResponseEntity<byte[]>> await(
            @RequestParam("wait") Optional<String> wait,
            @RequestParam("verify") Optional<String> verify,
            @RequestHeader HttpHeaders headers) {
        Duration patience = Waiting.parameter(wait);
        List<String> seen = seen(headers);
        DeferredResult<ResponseEntity<byte[]>> result = new DeferredResult<>(Math.max(1, patience.toMillis()));
        if (verifies(verify)) {
            result.setResult(answer(StatusSnapshot.of(reader.read(true)), seen));
            return result;
        }
        StatusSnapshot now = board.recent();
        if (patience.isZero() || !now.isAmong(seen)) {
            result.setResult(answer(now, seen));
            return result;
        }
        Runnable end = watch.await(seen, changed -> result.setResult(answer(changed, seen)));
        result.onTimeout(() -> result.setResult(Answers.notModified(now.etag())));
        result.onCompletion(end);
        return result;
    }

    /** Most of those who ask know it already; nothing is written out for them. */
    private static ResponseEntity<byte[]> answer(StatusSnapshot snapshot, List<String> seen) {
        return snapshot.isAmong(seen)
                ? Answers.notModified(snapshot.etag())
                : Answers.jsonText(ResponseEntity.ok().eTag(snapshot.etag()), snapshot.text());
    }

    private static List<String> seen(HttpHeaders headers) {
        try {
            return headers.getIfNoneMatch();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.of(
                    ProblemCode.INVALID_PARAMETER,
                    "If-None-Match takes the ETag of an earlier answer, and holds none"));
        }
    }

    private static boolean verifies(Optional<String> verify) {
        if (verify.isPresent() && !verify.get().equals(VERIFY_CATALOG)) {
            throw new ProblemException(
                    Problem.of(ProblemCode.INVALID_PARAMETER, "verify takes `catalog`, not `" + verify.get() + "`"));
        }
        return verify.isPresent();
    }
}
