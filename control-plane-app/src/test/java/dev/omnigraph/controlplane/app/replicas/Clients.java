package dev.omnigraph.controlplane.app.replicas;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonNull;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Who uses the cluster during a campaign: one who changes the configuration and applies it, one who approves what needs it
 * and clears away what dead creates left, one who looks. Each asks any replica, and asks again where it gets no answer.
 */
final class Clients {

    private static final int MAX_ATTEMPTS = 1000;
    private static final String[] CAROL = {"Authorization", "Bearer carol"};
    private static final Set<Integer> EXPECTED = Set.of(200, 201, 202, 404, 409, 412, 422, 503);

    private final Site site;
    private final List<Replica> replicas;
    private final Map<String, String> operationsByKey = new ConcurrentHashMap<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    @FunctionalInterface
    private interface Step {
        void take(int number, SplittableRandom random);
    }

    Clients(Site site, List<Replica> replicas) {
        this.site = site;
        this.replicas = replicas;
    }

    void start(SplittableRandom random) {
        run("applier", this::apply, random.split());
        run("approver", (number, choices) -> decide(choices), random.split());
        run("poller", (number, choices) -> poll(choices), random.split());
    }

    private void run(String name, Step step, SplittableRandom random) {
        Thread thread = new Thread(
                () -> {
                    try {
                        for (int number = 1; !over; number++) {
                            step.take(number, random);
                        }
                    } catch (RuntimeException | AssertionError e) {
                        failure.compareAndSet(Optional.empty(), Optional.of(e));
                    }
                },
                name);
        thread.start();
        threads.add(thread);
    }

    /** Lets each finish its step. */
    void stop() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
        failure.get().ifPresent(problem -> {
            throw new AssertionError("a client got what it must not get", problem);
        });
    }

    /** The operations that were accepted, by their keys. */
    Map<String, String> operationsByKey() {
        return Map.copyOf(operationsByKey);
    }

    int answers() {
        return answers.get();
    }

    private void apply(int number, SplittableRandom random) {
        site.write(number);
        String key = "apply-" + number;
        int times = random.nextInt(4) == 0 ? 2 : 1; // now and then a client asks twice though it was answered
        for (int time = 0; time < times; time++) {
            Answer answer = ask(random, client -> client.post("/apply", "Idempotency-Key", key, "Prefer", "wait=20"));
            if (answer.status() == 200 || answer.status() == 202) {
                String operation = answer.text("operation_id");
                String earlier = operationsByKey.putIfAbsent(key, operation);
                if (earlier != null && !earlier.equals(operation)) {
                    throw new AssertionError(key + " is " + earlier + " and " + operation);
                }
            }
        }
    }

    /** Approves what the plan needs, and clears away what dead creates left. */
    void decide(SplittableRandom random) {
        Answer plan = ask(random, client -> client.post("/plan"));
        if (plan.json().get("approvals_required").orElse(JsonNull.INSTANCE) instanceof JsonArray gates) {
            for (var gate : gates.elements()) {
                approve((JsonObject) gate, plan.text("plan_digest"), random);
            }
        }
        discardLeftovers(random);
    }

    private void approve(JsonObject gate, String planDigest, SplittableRandom random) {
        if (gate.get("seen").orElse(JsonNull.INSTANCE) instanceof JsonString seen) {
            String resource = ((JsonString) gate.get("resource").orElseThrow()).value();
            String body = "{\"resource\": \"%s\", \"plan_digest\": \"%s\", \"seen\": \"%s\"}"
                    .formatted(resource, planDigest, seen.value());
            ask(random, client -> client.postJson("/approvals", body, CAROL));
        }
    }

    /** What creates left that died in the middle, so that the campaign goes on. */
    private void discardLeftovers(SplittableRandom random) {
        Answer answer = ask(random, client -> client.get("/recoveries"));
        if (answer.status() == 200) {
            for (var element : ((JsonArray) answer.value("recoveries")).elements()) {
                JsonObject recovery = (JsonObject) element;
                if (recovery.get("objects_digest").orElseThrow() instanceof JsonString digest) {
                    String id = ((JsonString) recovery.get("recovery_id").orElseThrow()).value();
                    ask(
                            random,
                            client -> client.postJson(
                                    "/recoveries/" + id + "/discard",
                                    "{\"objects_digest\": \"" + digest.value() + "\"}",
                                    CAROL));
                }
            }
        }
    }

    /**
     * Nobody can tell whose a root is that was claimed just before a death; the remedy is to look at it and to remove it.
     *
     * @return how many were removed
     */
    int removeByHand(SplittableRandom random) {
        Answer answer = ask(random, client -> client.get("/recoveries"));
        int removed = 0;
        for (var element : ((JsonArray) answer.value("recoveries")).elements()) {
            JsonObject recovery = (JsonObject) element;
            if (recovery.get("kind").equals(Optional.of(new JsonString("graph_create")))) {
                String graph = ((JsonString) recovery.get("graph_id").orElseThrow()).value();
                site.store().removeTree(ControlKeys.GRAPHS.child(graph + ".omni"), count -> {});
                removed++;
            }
        }
        return removed;
    }

    private void poll(SplittableRandom random) {
        ask(random, client -> client.get("/status"));
        ask(random, client -> client.get("/operations?limit=5"));
        operationsByKey.values().stream()
                .skip(random.nextInt(operationsByKey.size() + 1))
                .findFirst()
                .ifPresent(operation -> {
                    Answer answer = ask(random, client -> client.get("/operations/" + operation + "?wait=1"));
                    if (answer.status() != 200) {
                        throw new AssertionError("an accepted operation is not found: " + answer.body());
                    }
                });
    }

    /** Asks replicas until one answers. */
    Answer ask(SplittableRandom random, Function<ApiClient, Answer> request) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Optional<Answer> answer =
                    replicas.get(random.nextInt(replicas.size())).ask(request);
            if (answer.isPresent()) {
                answers.incrementAndGet();
                if (!EXPECTED.contains(answer.get().status())) {
                    throw new AssertionError(
                            answer.get().status() + " " + answer.get().body());
                }
                return answer.get();
            }
        }
        throw new AssertionError("no replica answers");
    }
}
