package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.document.ControlDocument;
import dev.omnigraph.controlplane.document.UnreadableDocumentException;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonBoolean;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.json.TypedObject;
import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.storage.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Operation records as they are stored in {@code __control/operations/<ulid>.json}, format 1. */
final class OperationDocument {

    private static final List<String> KEYS = List.of(
            "operation_id",
            "command",
            "state",
            "actor",
            "owner",
            "submitted_at",
            "started_at",
            "cancel_requested_at",
            "finished_at",
            "configuration",
            "config_digest",
            "progress",
            "state_cas_before",
            "state_cas_after",
            "sidecars",
            "claim_won",
            "removal_started",
            "lock_branches",
            "outcome",
            "converged",
            "problem",
            "result");
    private static final List<String> OWNER_KEYS = List.of("instance", "host", "process_start");
    private static final List<String> LOCK_BRANCH_KEYS =
            List.of("graph_id", "manifest_version", "noted_at", "created_at", "gone");
    private static final List<String> PROGRESS_KEYS = List.of("phase", "resource", "done", "total");
    private static final List<String> PROBLEM_KEYS = List.of("code", "status", "detail", "remedy");

    private OperationDocument() {}

    static byte[] write(OperationRecord operation) {
        OperationSubmission submission = operation.submission();
        OperationTrace trace = operation.trace();
        Optional<OperationEnding> ending = operation.ended().map(OperationLife.Ended::ending);
        return ControlDocument.bytes(ControlDocument.begin()
                .put("operation_id", submission.id())
                .put("command", submission.command())
                .put("state", operation.state().wire())
                .putOrNull("actor", submission.actor())
                .put("owner", owner(submission.owner()))
                .put("submitted_at", WireTime.format(submission.submittedAt()))
                .putOrNull("started_at", operation.life().startedAt().map(WireTime::format))
                .putOrNull("cancel_requested_at", operation.cancelRequestedAt().map(WireTime::format))
                .putOrNull(
                        "finished_at",
                        operation.ended().map(OperationLife.Ended::finishedAt).map(WireTime::format))
                .putOrNull("configuration", submission.configuration())
                .putOrNull("config_digest", submission.configDigest())
                .put("progress", JsonValue.orNull(trace.progress().map(OperationDocument::progress)))
                .putOrNull("state_cas_before", trace.stateCasBefore())
                .putOrNull("state_cas_after", trace.stateCasAfter())
                .put("sidecars", JsonArray.ofStrings(trace.sidecars()))
                .put("claim_won", JsonArray.ofStrings(trace.claimsWon()))
                .put("removal_started", JsonArray.ofStrings(trace.removalsStarted()))
                .put(
                        "lock_branches",
                        JsonArray.of(trace.lockBranches().stream()
                                .map(OperationDocument::lockBranch)
                                .toList()))
                .putOrNull("outcome", ending.map(OperationEnding::outcome).map(OperationOutcome::wire))
                .put(
                        "converged",
                        JsonValue.orNull(
                                ending.flatMap(OperationEnding::converged).map(JsonBoolean::new)))
                .put(
                        "problem",
                        JsonValue.orNull(
                                ending.flatMap(OperationEnding::problem).map(OperationDocument::problem)))
                .put("result", JsonValue.orNull(ending.flatMap(OperationEnding::result)))
                .build());
    }

    static OperationRecord read(StoredObject object) throws UnreadableDocumentException {
        TypedObject document = ControlDocument.parse(object, KEYS);
        try {
            return new OperationRecord(submission(document), life(document), trace(document));
        } catch (JsonShapeException e) {
            throw new UnreadableDocumentException("it is damaged: " + e.getMessage());
        }
    }

    private static OperationSubmission submission(TypedObject document) throws JsonShapeException {
        TypedObject owner = nested(document, "owner", OWNER_KEYS);
        return new OperationSubmission(
                document.requireString("operation_id"),
                document.requireString("command"),
                document.optionalString("actor"),
                new OperationOwner(
                        owner.requireString("instance"), owner.requireString("host"), instant(owner, "process_start")),
                instant(document, "submitted_at"),
                document.optionalString("configuration"),
                document.optionalString("config_digest"));
    }

    private static OperationLife life(TypedObject document) throws JsonShapeException {
        OperationState state = state(document);
        return switch (state) {
            case QUEUED -> new OperationLife.Queued();
            case RUNNING ->
                new OperationLife.Running(
                        instant(document, "started_at"),
                        document.has("cancel_requested_at")
                                ? Optional.of(instant(document, "cancel_requested_at"))
                                : Optional.empty());
            case SUCCEEDED, FAILED, CANCELLED, INTERRUPTED ->
                new OperationLife.Ended(
                        document.has("started_at") ? Optional.of(instant(document, "started_at")) : Optional.empty(),
                        instant(document, "finished_at"),
                        ending(document, state));
        };
    }

    private static OperationEnding ending(TypedObject document, OperationState state) throws JsonShapeException {
        String outcome = document.requireString("outcome");
        Optional<OperationProblem> problem = document.has("problem")
                ? Optional.of(problem(nested(document, "problem", PROBLEM_KEYS)))
                : Optional.empty();
        if (state == OperationState.FAILED && problem.isEmpty()) {
            throw new JsonShapeException("problem", "is required where the state is failed");
        }
        return new OperationEnding(
                state,
                OperationOutcome.named(outcome)
                        .orElseThrow(() -> new JsonShapeException("outcome", "unknown outcome `" + outcome + "`")),
                document.optionalBoolean("converged"),
                problem,
                result(document));
    }

    private static Optional<JsonObject> result(TypedObject document) throws JsonShapeException {
        Optional<JsonValue> result = document.optional("result");
        if (result.isEmpty()) {
            return Optional.empty();
        }
        if (result.get() instanceof JsonObject object) {
            return Optional.of(object);
        }
        throw new JsonShapeException("result", "expected an object");
    }

    private static OperationTrace trace(TypedObject document) throws JsonShapeException {
        return new OperationTrace(
                document.has("progress")
                        ? Optional.of(progress(nested(document, "progress", PROGRESS_KEYS)))
                        : Optional.empty(),
                document.optionalString("state_cas_before"),
                document.optionalString("state_cas_after"),
                document.optionalStrings("sidecars").orElse(List.of()),
                document.optionalStrings("claim_won").orElse(List.of()),
                document.optionalStrings("removal_started").orElse(List.of()),
                lockBranches(document));
    }

    private static List<LockBranchTrace> lockBranches(TypedObject document) throws JsonShapeException {
        List<LockBranchTrace> notes = new ArrayList<>();
        for (TypedObject note : document.objectsOrNone("lock_branches", new LinkedHashSet<>(LOCK_BRANCH_KEYS))) {
            notes.add(new LockBranchTrace(
                    note.requireString("graph_id"),
                    note.requireUnsigned("manifest_version"),
                    instant(note, "noted_at"),
                    note.has("created_at") ? Optional.of(instant(note, "created_at")) : Optional.empty(),
                    note.optionalBoolean("gone").orElse(false)));
        }
        return notes;
    }

    private static JsonObject lockBranch(LockBranchTrace note) {
        return JsonObject.builder()
                .put("graph_id", note.graph())
                .put("manifest_version", note.manifestVersion())
                .put("noted_at", WireTime.format(note.notedAt()))
                .putOrNull("created_at", note.createdAt().map(WireTime::format))
                .put("gone", note.gone())
                .build();
    }

    private static OperationState state(TypedObject document) throws JsonShapeException {
        String state = document.requireString("state");
        return OperationState.named(state)
                .orElseThrow(() -> new JsonShapeException("state", "unknown state `" + state + "`"));
    }

    private static JsonObject owner(OperationOwner owner) {
        return JsonObject.builder()
                .put("instance", owner.instance())
                .put("host", owner.host())
                .put("process_start", WireTime.format(owner.processStart()))
                .build();
    }

    private static JsonObject progress(OperationProgress progress) {
        return JsonObject.builder()
                .put("phase", progress.phase())
                .putOrNull("resource", progress.resource())
                .put("done", progress.done())
                .put("total", progress.total())
                .build();
    }

    private static OperationProgress progress(TypedObject progress) throws JsonShapeException {
        return new OperationProgress(
                progress.requireString("phase"),
                progress.optionalString("resource"),
                (int) progress.requireUnsigned("done"),
                (int) progress.requireUnsigned("total"));
    }

    private static JsonObject problem(OperationProblem problem) {
        return JsonObject.builder()
                .put("code", problem.code())
                .put("status", problem.status())
                .put("detail", problem.detail())
                .put("remedy", problem.remedy())
                .build();
    }

    private static OperationProblem problem(TypedObject problem) throws JsonShapeException {
        return new OperationProblem(
                problem.requireString("code"),
                (int) problem.requireUnsigned("status"),
                problem.requireString("detail"),
                problem.requireString("remedy"));
    }

    private static TypedObject nested(TypedObject document, String key, List<String> keys) throws JsonShapeException {
        return TypedObject.of(document.require(key), document.child(key), new LinkedHashSet<>(keys));
    }

    private static Instant instant(TypedObject document, String key) throws JsonShapeException {
        String text = document.requireString(key);
        return WireTime.parse(text)
                .orElseThrow(() -> new JsonShapeException(
                        document.child(key), "`" + text + "` is no time such as 2026-01-31T12:00:00Z"));
    }
}
