package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonBoolean;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.testing.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What a person does with a cluster over HTTP: looks, and follows what the service names, and nothing else. */
final class Person {

    private static final String[] CAROL = {"Authorization", "Bearer carol"};
    private static final String[] CAROL_WAITS = {"Authorization", "Bearer carol", "Prefer", "wait=60"};
    private static final String[] DAVE_WAITS = {"Authorization", "Bearer dave", "Prefer", "wait=60"};
    /** Each condition that the service names is met once; more applies than this lead nowhere. */
    private static final int MAX_APPLIES = 6;

    private final ApiClient client;
    private final Optional<Path> storage;
    private String[] applier = CAROL_WAITS;

    /** Somebody who only has the service's address. */
    Person(ApiClient client) {
        this(client, Optional.empty());
    }

    /** @param storage where the cluster lies, for somebody who may go there */
    Person(ApiClient client, Optional<Path> storage) {
        this.client = client;
        this.storage = storage;
    }

    /** From now on somebody else applies than the one who decides. */
    Person another() {
        applier = DAVE_WAITS;
        return this;
    }

    /** Looks at what there is; a lock that is held is taken away, unless its holder lives and gives it back by itself. */
    void lookAndUnlock() {
        Answer status = client.get("/status");
        require(status, 200);
        require(client.get("/recoveries"), 200);
        JsonObject seen = (JsonObject) status.value("state_observations");
        if (seen.get("locked").equals(Optional.of(new JsonBoolean(true)))) {
            Answer unlocked = unlock(status.text("state_observations.lock_id"));
            if (!unlocked.body().contains("\"lock_holder_alive\"")) {
                require(unlocked, 200);
            }
        }
    }

    Answer unlock(String lockId) {
        return client.postJson("/force-unlock", "{\"lock_id\": \"" + lockId + "\"}", CAROL);
    }

    Answer importLedger() {
        return client.post("/import", CAROL_WAITS);
    }

    Answer refresh() {
        return client.post("/refresh", CAROL_WAITS);
    }

    Answer apply() {
        return client.post("/apply", applier);
    }

    /** As {@link #apply}, without waiting for its end. */
    Answer begin() {
        return client.post("/apply", CAROL);
    }

    /** Decides on the first change that waits for it, or else that can be approved, bound to what the plan shows. */
    Answer decide(String more) {
        Answer plan = client.post("/plan", CAROL);
        List<JsonValue> gates = new ArrayList<>(((JsonArray) plan.value("approvals_required")).elements());
        gates.addAll(((JsonArray) plan.value("approvals_possible")).elements());
        for (JsonValue value : gates) {
            JsonObject gate = (JsonObject) value;
            if (gate.get("satisfied").equals(Optional.of(new JsonBoolean(false)))) {
                return client.postJson(
                        "/approvals",
                        "{\"resource\": \"" + text(gate, "resource") + "\", \"plan_digest\": \""
                                + plan.text("plan_digest") + "\", \"seen\": \"" + text(gate, "seen") + "\"" + more
                                + "}",
                        CAROL);
            }
        }
        throw new AssertionError("nothing waits for a decision: " + plan.body());
    }

    Answer revokeFirst(String state) {
        return client.send("DELETE", "/approvals/" + firstApproval(state), new byte[0], CAROL);
    }

    private String firstApproval(String state) {
        return text(first(client.get("/approvals?state=" + state), "approvals"), "approval_id");
    }

    Answer discardFirst() {
        JsonObject recovery = first(client.get("/recoveries"), "recoveries");
        return client.postJson(
                "/recoveries/" + text(recovery, "recovery_id") + "/discard",
                "{\"objects_digest\": \"" + text(recovery, "objects_digest") + "\"}",
                CAROL);
    }

    Answer quarantineFirst() {
        JsonObject recovery = first(client.get("/recoveries"), "recoveries");
        return client.postJson(
                "/recoveries/" + text(recovery, "recovery_id") + "/quarantine",
                "{\"reason\": \"nothing can read it\"}",
                CAROL);
    }

    Answer clearAway() {
        return client.post("/retention", CAROL_WAITS);
    }

    Answer freeze() {
        return client.postJson("/freeze", "{\"reason\": \"the disk is being changed\"}", CAROL);
    }

    Answer thaw() {
        return client.send("DELETE", "/freeze", new byte[0], CAROL);
    }

    /**
     * Applies; where that does not converge, does what the condition that is named asks for, and applies again.
     *
     * @param look told after each step
     * @return the conditions that were named
     */
    Set<String> converge(Consumer<String> look) {
        Set<String> named = new TreeSet<>();
        for (int i = 0; i < MAX_APPLIES; i++) {
            Answer applied = apply();
            look.accept("after an apply");
            if (applied.json().get("outcome").equals(Optional.of(new JsonString("converged")))) {
                requireNothingLeft();
                return named;
            }
            String condition = meet(applied);
            look.accept("after " + condition + " was met");
            if (!named.add(condition)) {
                throw new AssertionError(condition + " was named and met, and is named again: " + applied.body());
            }
        }
        throw new AssertionError("it does not converge, whatever is met: " + named);
    }

    private String meet(Answer applied) {
        String body = applied.body();
        if (body.contains("\"cluster_frozen\"")) {
            require(thaw(), 200);
            return "cluster_frozen";
        } else if (body.contains("\"state_lock_held\"")) {
            lookAndUnlock();
            return "state_lock_held";
        } else if (body.contains("\"state_missing\"")) {
            require(importLedger(), 200);
            return "state_missing";
        } else if (body.contains("\"recovery_sidecar_unreadable\"")) {
            require(quarantineFirst(), 200);
            return "recovery_sidecar_unreadable";
        } else if (body.contains("\"graph_create_incomplete\"")) {
            return discardOrRemove();
        } else if (body.contains("\"approval_rejected\"")) {
            require(revokeFirst("rejected"), 200);
            return "approval_rejected";
        } else if (body.contains("\"second_person_required\"")) {
            another(); // also where a delete is unfinished: it is approved, and waits for somebody else
            return "second_person_required";
        } else if (body.contains("\"graph_delete_incomplete\"") || body.contains("\"approval_required\"")) {
            require(decide(""), 201);
            return body.contains("\"graph_delete_incomplete\"") ? "graph_delete_incomplete" : "approval_required";
        } else if (body.contains("\"approval_stale\"")) {
            require(decide(""), 201);
            return "approval_stale";
        }
        throw new AssertionError("it neither converged nor names what a person must do: " + body);
    }

    /** Nobody can tell whose a root is that was claimed just before the death; the remedy is to look at it and remove it. */
    private String discardOrRemove() {
        JsonObject recovery = first(client.get("/recoveries"), "recoveries");
        if (recovery.get("discardable").equals(Optional.of(new JsonBoolean(true)))) {
            require(discardFirst(), 200);
            return "graph_create_incomplete (discarded)";
        }
        Path root = storage.orElseThrow().resolve("graphs/" + text(recovery, "graph_id") + ".omni");
        try {
            FileTrees.remove(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "graph_create_incomplete (removed by hand)";
    }

    private void requireNothingLeft() {
        Answer status = client.get("/status");
        Answer plan = client.post("/plan");
        Answer recoveries = client.get("/recoveries");
        if (!status.text("diagnostics").equals("[]")
                || !plan.text("changes").equals("[]")
                || !recoveries.text("recoveries").equals("[]")) {
            throw new AssertionError("converged, and yet something is left: " + status.text("diagnostics") + ", "
                    + plan.text("changes") + ", " + recoveries.text("recoveries"));
        }
    }

    private static JsonObject first(Answer answer, String member) {
        List<JsonValue> all = ((JsonArray) answer.value(member)).elements();
        if (all.isEmpty()) {
            throw new AssertionError("there is none of " + member);
        }
        return (JsonObject) all.get(0);
    }

    private static String text(JsonObject object, String member) {
        if (object.get(member).orElse(null) instanceof JsonString string) {
            return string.value();
        }
        throw new AssertionError(member + " is missing in " + object);
    }

    private static void require(Answer answer, int status) {
        if (answer.status() != status) {
            throw new AssertionError("answered " + answer.status() + ": " + answer.body());
        }
    }
}
