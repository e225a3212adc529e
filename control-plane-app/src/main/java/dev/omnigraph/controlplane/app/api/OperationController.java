package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.http.Answers;
import dev.omnigraph.controlplane.app.http.Waiting;
import dev.omnigraph.controlplane.app.operation.Cancellation;
import dev.omnigraph.controlplane.app.operation.OperationView;
import dev.omnigraph.controlplane.app.operation.Operations;
import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.security.Requires;
import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.operation.OperationFilter;
import dev.omnigraph.controlplane.operation.OperationPage;
import dev.omnigraph.controlplane.operation.OperationRead;
import dev.omnigraph.controlplane.operation.OperationRecord;
import dev.omnigraph.controlplane.operation.OperationState;
import dev.omnigraph.controlplane.operation.OperationStore;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Accepted commands and what became of them. */
@RestController
class OperationController {

    private static final int DEFAULT_PAGE_SIZE = 50;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");

    private final Operations operations;
    private final OperationView view;
    private final OperationAnswers answers;

    OperationController(Operations operations, OperationView view, OperationAnswers answers) {
        this.operations = operations;
        this.view = view;
        this.answers = answers;
    }

    @GetMapping("/operations")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> list(
            @RequestParam("state") Optional<String> state,
            @RequestParam("command") Optional<String> command,
            @RequestParam("cursor") Optional<String> cursor,
            @RequestParam("limit") Optional<String> limit) {
        OperationPage page = operations.page(
                new OperationFilter(state.map(OperationController::state), command),
                cursor.map(OperationController::cursor),
                size(limit));
        if (page instanceof OperationPage.Listed listed) {
            return Answers.ok(JsonObject.builder()
                    .put(
                            "operations",
                            JsonArray.of(listed.operations().stream()
                                    .map(view::summary)
                                    .toList()))
                    .put("unreadable", JsonArray.ofStrings(listed.unreadable()))
                    .putOrNull("next_cursor", listed.next())
                    .build());
        }
        throw unavailable(((OperationPage.Unavailable) page).reason());
    }

    @GetMapping("/operations/{operation_id}")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> get(@PathVariable("operation_id") String id, @RequestParam("wait") Optional<String> wait) {
        return answers.ok(found(id, operations.find(id, Waiting.parameter(wait))));
    }

    @PostMapping("/operations/{operation_id}/cancel")
    @Requires(Role.OPERATOR)
    ResponseEntity<byte[]> cancel(@PathVariable("operation_id") String id) {
        Cancellation cancellation = operations.cancel(id);
        if (cancellation instanceof Cancellation.Cancelled cancelled) {
            return answers.ok(cancelled.operation());
        } else if (cancellation instanceof Cancellation.Requested requested) {
            return answers.accepted(requested.operation());
        }
        throw refusal(id, cancellation);
    }

    private static ProblemException refusal(String id, Cancellation cancellation) {
        if (cancellation instanceof Cancellation.Ended ended) {
            return problem(
                    ProblemCode.OPERATION_ENDED,
                    "operation " + id + " has ended as "
                            + ended.operation().state().wire());
        } else if (cancellation instanceof Cancellation.Elsewhere elsewhere) {
            return problem(
                    ProblemCode.OPERATION_ELSEWHERE,
                    "operation " + id + " belongs to instance "
                            + elsewhere.operation().submission().owner().instance()
                            + "; it was not asked to stop");
        } else if (cancellation instanceof Cancellation.Unreadable unreadable) {
            return unreadable(id, unreadable.reason());
        } else if (cancellation instanceof Cancellation.Unavailable unavailable) {
            return unavailable(unavailable.reason());
        }
        return notFound(id);
    }

    private static OperationRecord found(String id, OperationRead read) {
        if (read instanceof OperationRead.Found found) {
            return found.operation().record();
        } else if (read instanceof OperationRead.Unreadable unreadable) {
            throw unreadable(id, unreadable.reason());
        } else if (read instanceof OperationRead.Unavailable unavailable) {
            throw unavailable(unavailable.reason());
        }
        throw notFound(id);
    }

    private static OperationState state(String wire) {
        return OperationState.named(wire)
                .orElseThrow(() -> problem(
                        ProblemCode.INVALID_PARAMETER,
                        "state is one of "
                                + Arrays.stream(OperationState.values())
                                        .map(OperationState::wire)
                                        .collect(Collectors.joining(", "))
                                + ", not `" + wire + "`"));
    }

    private static String cursor(String text) {
        if (OperationStore.isId(text)) {
            return text;
        }
        throw problem(
                ProblemCode.INVALID_PARAMETER, "cursor is the next_cursor of an earlier page, not `" + text + "`");
    }

    private static int size(Optional<String> limit) {
        if (limit.isEmpty()) {
            return DEFAULT_PAGE_SIZE;
        }
        if (NUMBER.matcher(limit.get()).matches()) {
            int size = Integer.parseInt(limit.get());
            if (size >= 1 && size <= OperationStore.MAX_PAGE_SIZE) {
                return size;
            }
        }
        throw problem(
                ProblemCode.INVALID_PARAMETER,
                "limit is a whole number from 1 to " + OperationStore.MAX_PAGE_SIZE + ", not `" + limit.get() + "`");
    }

    private static ProblemException notFound(String id) {
        return problem(ProblemCode.OPERATION_NOT_FOUND, "no operation is recorded as `" + id + "`");
    }

    private static ProblemException unreadable(String id, String reason) {
        return problem(ProblemCode.OPERATION_UNREADABLE, "the record of operation " + id + ": " + reason);
    }

    private static ProblemException unavailable(String reason) {
        return new ProblemException(
                Problem.of(DiagnosticCode.STORAGE_UNAVAILABLE, "the operation records cannot be reached: " + reason));
    }

    private static ProblemException problem(ProblemCode code, String detail) {
        return new ProblemException(Problem.of(code, detail));
    }
}
