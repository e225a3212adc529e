package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.http.Answers;
import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.security.Requires;
import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.ledger.LedgerHistory;
import dev.omnigraph.controlplane.ledger.PastLedger;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Earlier ledgers, exactly as they were. */
@RestController
class HistoryController {

    private final LedgerHistory history;

    HistoryController(LedgerHistory history) {
        this.history = history;
    }

    @GetMapping("/history")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> list(
            @RequestParam("cursor") Optional<String> cursor, @RequestParam("limit") Optional<String> limit) {
        Paging paging = Paging.of(limit);
        List<PastLedger> rest = cursor.map(HistoryController::cursor)
                .map(last -> after(history.list(), last))
                .orElseGet(history::list);
        List<PastLedger> page = rest.subList(0, Math.min(paging.size(), rest.size()));
        return Answers.ok(JsonObject.builder()
                .put(
                        "ledgers",
                        JsonArray.of(page.stream().map(HistoryController::json).toList()))
                .putOrNull(
                        "next_cursor",
                        page.size() < rest.size()
                                ? Optional.of(page.get(page.size() - 1).name())
                                : Optional.empty())
                .build());
    }

    @GetMapping("/history/{ledger}")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> ledger(@PathVariable("ledger") String name) {
        return PastLedger.named(name)
                .flatMap(history::read)
                .map(text -> Answers.jsonText(ResponseEntity.ok(), text))
                .orElseThrow(() -> new ProblemException(
                        Problem.of(ProblemCode.LEDGER_NOT_FOUND, "no earlier ledger is kept as `" + name + "`")));
    }

    private static JsonObject json(PastLedger past) {
        return JsonObject.builder()
                .put("ledger", past.name())
                .put("state_revision", new JsonNumber(Long.toUnsignedString(past.revision())))
                .put("state_cas", "sha256:" + past.documentDigest())
                .build();
    }

    private static PastLedger cursor(String cursor) {
        return PastLedger.named(cursor).orElseThrow(() -> Paging.notACursor(cursor));
    }

    private static List<PastLedger> after(List<PastLedger> all, PastLedger last) {
        int at = all.indexOf(last);
        return at < 0 ? List.of() : all.subList(at + 1, all.size());
    }
}
