package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.command.Configurations;
import dev.omnigraph.controlplane.app.http.Answers;
import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.security.Principal;
import dev.omnigraph.controlplane.app.security.Requires;
import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.desired.ConfigurationName;
import dev.omnigraph.controlplane.desired.Revision;
import dev.omnigraph.controlplane.desired.RevisionStore;
import dev.omnigraph.controlplane.desired.RevisionStore.Move;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.TypedObject;
import dev.omnigraph.controlplane.ledger.WireTime;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is desired now, and before. */
@RestController
class RevisionController {

    private static final Logger LOG = LoggerFactory.getLogger(RevisionController.class);

    private static final Pattern TAG = Pattern.compile("\"([0-9a-f]{40})\"");
    private static final String ANY = "*";

    private final RevisionStore revisions;
    private final Configurations configurations;
    private final InstantSource clock;

    RevisionController(RevisionStore revisions, Configurations configurations, InstantSource clock) {
        this.revisions = revisions;
        this.configurations = configurations;
        this.clock = clock;
    }

    /** The framework answers {@code 304} where the request has the tag. */
    @GetMapping("/configurations/head")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> head() {
        return answer(revisions
                .head()
                .orElseThrow(() -> new ProblemException(
                        Problem.of(ProblemCode.CONFIGURATION_NOT_FOUND, "no configuration is the head yet"))));
    }

    @PutMapping("/configurations/head")
    @Requires(Role.OPERATOR)
    ResponseEntity<byte[]> move(JsonObject body, Principal principal, @RequestHeader HttpHeaders headers) {
        Wanted wanted = BodyMembers.read(body, List.of(Naming.CONFIGURATION, "message"), RevisionController::wanted);
        Optional<String> parent = expected(headers);
        configurations.require(wanted.configuration());
        Revision next =
                Revision.of(parent, wanted.configuration(), wanted.message(), principal.actor(), clock.instant());
        Move move = revisions.moveTo(next);
        if (move instanceof Move.Moved) {
            LOG.info(
                    "revision {}: configuration {} is desired now, by {}",
                    next.id(),
                    next.configuration(),
                    next.actor().orElse("-"));
            return answer(next);
        } else if (move instanceof Move.Lost) {
            throw new ProblemException(Problem.of(
                    ProblemCode.HEAD_MOVED,
                    revisions
                            .head()
                            .map(head -> "the head is revision " + head.id() + " with configuration "
                                    + head.configuration() + "; it was left")
                            .orElse("there is no head yet; none was made")));
        }
        throw new ProblemException(Problem.of(
                DiagnosticCode.STORAGE_UNAVAILABLE,
                move instanceof Move.Unknown unknown
                        ? "whether the head is revision " + next.id() + " now is not known: " + unknown.reason()
                        : "the head was left: " + ((Move.Refused) move).reason()));
    }

    @GetMapping("/configurations/revisions")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> list(
            @RequestParam("cursor") Optional<String> cursor, @RequestParam("limit") Optional<String> limit) {
        cursor.filter(text -> !Revision.isId(text)).ifPresent(text -> {
            throw Paging.notACursor(text);
        });
        RevisionStore.Page page = revisions.page(cursor, Paging.of(limit).size());
        return Answers.ok(JsonObject.builder()
                .put(
                        "revisions",
                        JsonArray.of(page.revisions().stream()
                                .map(RevisionController::json)
                                .toList()))
                .putOrNull("next_cursor", page.next())
                .build());
    }

    private record Wanted(ConfigurationName configuration, Optional<String> message) {}

    private static Wanted wanted(TypedObject members) throws JsonShapeException {
        return new Wanted(
                Naming.configuration(members)
                        .orElseThrow(() -> new JsonShapeException(members.child(Naming.CONFIGURATION), "is required")),
                Texts.optional(members, "message"));
    }

    /** The present head as the request knows it; empty where it says that there is none. */
    private static Optional<String> expected(HttpHeaders headers) {
        List<String> matches = headers.getOrEmpty(HttpHeaders.IF_MATCH);
        List<String> misses = headers.getOrEmpty(HttpHeaders.IF_NONE_MATCH);
        if (matches.isEmpty() && misses.equals(List.of(ANY))) {
            return Optional.empty();
        }
        if (misses.isEmpty() && matches.size() == 1) {
            Matcher tag = TAG.matcher(matches.get(0).strip());
            if (tag.matches()) {
                return Optional.of(tag.group(1));
            }
        }
        throw new ProblemException(
                Problem.of(
                        ProblemCode.INVALID_PARAMETER,
                        "the request says what the head is now: If-Match with its ETag, or If-None-Match: * where there is none"));
    }

    private static ResponseEntity<byte[]> answer(Revision revision) {
        return Answers.json(ResponseEntity.ok().eTag("\"" + revision.id() + "\""), json(revision));
    }

    private static JsonObject json(Revision revision) {
        return JsonObject.builder()
                .put("revision", revision.id())
                .putOrNull("parent", revision.parent())
                .put("configuration", revision.configuration().text())
                .putOrNull("message", revision.message())
                .putOrNull("actor", revision.actor())
                .put("created_at", WireTime.format(revision.createdAt()))
                .build();
    }
}
