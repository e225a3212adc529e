package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.http.Answers;
import dev.omnigraph.controlplane.app.http.Readmission;
import dev.omnigraph.controlplane.app.http.RepeatableCall;
import dev.omnigraph.controlplane.app.http.Waiting;
import dev.omnigraph.controlplane.app.operation.Cancellation;
import dev.omnigraph.controlplane.app.operation.OperationExport;
import dev.omnigraph.controlplane.app.operation.OperationView;
import dev.omnigraph.controlplane.app.operation.Operations;
import dev.omnigraph.controlplane.app.security.Requires;
import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.app.stream.Streams;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.operation.OperationFilter;
import dev.omnigraph.controlplane.operation.OperationPage;
import dev.omnigraph.controlplane.operation.OperationRead;
import dev.omnigraph.controlplane.operation.OperationStore;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Accepted commands and what became of them: the audit log. */
@RestController
class OperationController {

    private static final String JSON_LINES = "application/jsonl";

    private final Operations operations;
    private final OperationView view;
    private final OperationAnswers answers;
    private final Repetition repetition;
    private final Streams streams;
    private final Readmission readmission;

    OperationController(
            Operations operations,
            OperationView view,
            OperationAnswers answers,
            Repetition repetition,
            Streams streams,
            Readmission readmission) {
        this.operations = operations;
        this.view = view;
        this.answers = answers;
        this.repetition = repetition;
        this.streams = streams;
        this.readmission = readmission;
    }

    /** A page is what a request gets unless it would rather have lines. */
    @GetMapping(
            path = "/operations",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.ALL_VALUE})
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> list(
            @RequestParam("state") Optional<String> state,
            @RequestParam("command") Optional<String> command,
            @RequestParam("actor") Optional<String> actor,
            @RequestParam("outcome") Optional<String> outcome,
            @RequestParam("since") Optional<String> since,
            @RequestParam("until") Optional<String> until,
            @RequestParam("cursor") Optional<String> cursor,
            @RequestParam("limit") Optional<String> limit) {
        OperationPage page = operations.page(
                OperationFilters.of(state, command, actor, outcome, since, until),
                cursor.map(OperationController::cursor),
                Paging.of(limit).size());
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
        throw OperationProblems.unavailable(((OperationPage.Unavailable) page).reason());
    }

    /** Everything that the filter admits, not a page of it. */
    @GetMapping(path = "/operations", produces = JSON_LINES)
    @Requires(Role.VIEWER)
    ResponseEntity<StreamingResponseBody> export(
            @RequestParam("state") Optional<String> state,
            @RequestParam("command") Optional<String> command,
            @RequestParam("actor") Optional<String> actor,
            @RequestParam("outcome") Optional<String> outcome,
            @RequestParam("since") Optional<String> since,
            @RequestParam("until") Optional<String> until,
            @RequestParam("cursor") Optional<String> cursor) {
        OperationFilter filter = OperationFilters.of(state, command, actor, outcome, since, until);
        Optional<String> olderThan = cursor.map(OperationController::cursor);
        OperationExport export = new OperationExport(operations, view);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(JSON_LINES))
                .body(streams.limited(out -> export.write(filter, olderThan, out)));
    }

    @GetMapping("/operations/{operation_id}")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> get(
            @PathVariable("operation_id") String id,
            @RequestParam("wait") Optional<String> wait,
            @RequestHeader HttpHeaders headers) {
        Duration patience = Waiting.parameter(wait);
        OperationRead read = operations.find(id, patience);
        if (!patience.isZero()) {
            readmission.require(headers, Role.VIEWER);
        }
        return answers.ok(OperationProblems.requireFound(id, read));
    }

    @PostMapping("/operations/{operation_id}/cancel")
    @Requires(Role.OPERATOR)
    ResponseEntity<byte[]> cancel(@PathVariable("operation_id") String id, RepeatableCall call) {
        return repetition.answer(call, unused -> cancel(id));
    }

    private ResponseEntity<byte[]> cancel(String id) {
        Cancellation cancellation = operations.cancel(id);
        if (cancellation instanceof Cancellation.Cancelled cancelled) {
            return answers.ok(cancelled.operation());
        } else if (cancellation instanceof Cancellation.Requested requested) {
            return answers.accepted(requested.operation());
        }
        throw OperationProblems.of(id, cancellation);
    }

    private static String cursor(String text) {
        if (OperationStore.isId(text)) {
            return text;
        }
        throw Paging.notACursor(text);
    }
}
