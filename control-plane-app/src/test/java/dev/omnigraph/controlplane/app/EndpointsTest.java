package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.command.ChangingCommand;
import dev.omnigraph.controlplane.app.http.RepeatableCall;
import dev.omnigraph.controlplane.app.security.OpenToAll;
import dev.omnigraph.controlplane.app.security.Requires;
import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.ApiContract;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.approval.ApprovalState;
import dev.omnigraph.controlplane.operation.OperationOutcome;
import dev.omnigraph.controlplane.operation.OperationState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The endpoints that run, the roles they ask for, and the document that describes them are one. */
class EndpointsTest {

    /** Served by the framework, and described all the same. */
    private static final Set<String> OF_THE_FRAMEWORK =
            Set.of("GET /actuator/health/liveness", "GET /actuator/health/readiness", "GET /actuator/prometheus");

    /** Nobody waits for its end. */
    private static final String ENDLESS = "GET /events";

    private static final ApiContract.Body NO_BODY = new ApiContract.Body(Set.of(), Set.of());
    private static final Pattern KNOWN_NAMES = Pattern.compile("; known are (.*)$");

    @TempDir
    static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() {
        SampleCluster.in(folder);
        service = RunningService.over(folder, "--control-plane.configurations.max-archive-size=1MB");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void everyEndpointAsksForTheRoleThatTheDocumentSays() {
        Map<String, String> roles = new TreeMap<>();
        endpoints().forEach((endpoint, handler) -> roles.put(endpoint, role(handler)));

        assertThat(roles).isEqualTo(documentedRoles());
    }

    @Test
    void theDocumentDescribesWhatRunsAndNothingElse() {
        Set<String> documented = ApiContract.documented().stream()
                .map(exchange -> exchange.method() + " " + exchange.path())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> running = new TreeSet<>(endpoints().keySet());
        running.addAll(OF_THE_FRAMEWORK);

        assertThat(documented).isEqualTo(running);
    }

    @Test
    void everyReferenceOfTheDocumentLeadsSomewhere() {
        assertThat(ApiContract.danglingReferences()).isEmpty();
    }

    /** Whoever sends what changes something can send it again, and learn what became of it. */
    @Test
    void everyPostThatChangesSomethingCanBeRepeated() {
        Set<String> only = Set.of("POST /plan", "POST /validate");
        Set<String> taking = new TreeSet<>();
        Set<String> posts = new TreeSet<>();
        endpoints().forEach((endpoint, handler) -> {
            if (endpoint.startsWith("POST ") && !only.contains(endpoint)) {
                posts.add(endpoint);
            }
            if (Stream.of(handler.getMethodParameters())
                    .anyMatch(parameter -> parameter.getParameterType() == RepeatableCall.class)) {
                taking.add(endpoint);
            }
        });

        assertThat(taking).isEqualTo(posts);
        assertThat(ApiContract.withParameter("IdempotencyKey")).isEqualTo(posts);
    }

    /** The service tells which parameters and members it knows when it is sent another. */
    @Test
    void theDocumentNamesEveryParameterAndEveryMemberOfABody() {
        Map<String, String> documented = new TreeMap<>();
        Map<String, String> told = new TreeMap<>();
        for (String endpoint : documentedRoles().keySet()) {
            documented.put(
                    endpoint + " query", ApiContract.queryParameters(endpoint).toString());
            told.put(
                    endpoint + " query",
                    knownNames(call(endpoint, "?nonsense=1", "")).toString());
            ApiContract.body(endpoint).ifPresent(body -> {
                documented.put(endpoint + " body", new TreeSet<>(body.members()).toString());
                told.put(
                        endpoint + " body",
                        knownNames(call(endpoint, "", "{\"nonsense\": 1}")).toString());
            });
        }

        assertThat(told).isEqualTo(documented);
    }

    /** Many clients send what they have no value for as null. */
    @Test
    void aMemberThatMayBeLeftOutMayBeNull() {
        for (String endpoint : documentedRoles().keySet()) {
            ApiContract.Body body = ApiContract.body(endpoint).orElse(NO_BODY);
            for (String member : body.members()) {
                Answer answer = call(endpoint, "", "{\"" + member + "\": null}");
                if (body.required().contains(member)) {
                    assertThat(answer.status())
                            .as("%s without %s", endpoint, member)
                            .isEqualTo(400);
                } else if (answer.status() == 400) {
                    assertThat(answer.text("detail")).as(endpoint).doesNotContain(member);
                }
            }
        }
    }

    @Test
    void theDocumentListsWhatIsRecorded() {
        assertThat(ApiContract.values("OperationCommand"))
                .isEqualTo(wires(ChangingCommand.values(), ChangingCommand::wire));
        assertThat(ApiContract.values("OperationState"))
                .isEqualTo(wires(OperationState.values(), OperationState::wire));
        assertThat(ApiContract.values("OperationOutcome"))
                .isEqualTo(wires(OperationOutcome.values(), OperationOutcome::wire));
        assertThat(ApiContract.values("ApprovalState")).isEqualTo(wires(ApprovalState.values(), ApprovalState::wire));
    }

    private static <T> List<String> wires(T[] values, Function<T, String> wire) {
        return Stream.of(values).map(wire).toList();
    }

    private static Answer call(String endpoint, String query, String body) {
        String[] parts = endpoint.split(" ", 2);
        return service.client()
                .send(
                        parts[0],
                        parts[1].replaceAll("\\{[^}]*}", "nobody") + query,
                        body.getBytes(StandardCharsets.UTF_8),
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        "Bearer alice");
    }

    private static Set<String> knownNames(Answer refusal) {
        assertThat(refusal.status()).as(refusal.body()).isEqualTo(400);
        Matcher known = KNOWN_NAMES.matcher(refusal.text("detail"));
        return known.find() ? new TreeSet<>(Set.of(known.group(1).split(", ", -1))) : Set.of();
    }

    /** What can be wrong with any request is answered where the document says so, and nowhere else. */
    @Test
    void theDocumentSaysWhatCanBeWrongWithARequest() {
        Map<String, Set<Integer>> documented = new TreeMap<>();
        Map<String, Set<Integer>> provoked = new TreeMap<>();
        for (String endpoint : documentedRoles().keySet()) {
            documented.put(endpoint, documentedOf(endpoint));
            provoked.put(endpoint, provoke(endpoint));
        }

        assertThat(provoked).isEqualTo(documented);
    }

    /** Without what the framework serves, which {@code RoleMatrixTest} looks at. */
    private static Map<String, String> documentedRoles() {
        Map<String, String> roles = new TreeMap<>(ApiContract.roles());
        roles.keySet().removeAll(OF_THE_FRAMEWORK);
        return roles;
    }

    private static Set<Integer> documentedOf(String endpoint) {
        return ApiContract.documented().stream()
                .filter(exchange -> endpoint.equals(exchange.method() + " " + exchange.path()))
                .map(ApiContract.Exchange::status)
                .filter(Set.of(400, 401, 403, 413, 415)::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Integer> provoke(String endpoint) {
        String method = endpoint.substring(0, endpoint.indexOf(' '));
        String path = endpoint.substring(endpoint.indexOf(' ') + 1).replaceAll("\\{[^}]*}", "nobody");
        byte[] none = new byte[0];
        byte[] large = new byte[2 << 20];
        ApiClient client = service.client();
        List<Answer> answers = new ArrayList<>(List.of(
                client.send(method, path + "?nonsense=1", none),
                client.send(method, path, none, "Authorization", "Basic x"),
                client.send(method, path, none, "Origin", "http://evil.example")));
        if (!endpoint.equals(ENDLESS)) {
            answers.add(
                    client.send(method, path, large, "Content-Type", "application/json", "Idempotency-Key", "large"));
            answers.add(client.send(method, path, "{}".getBytes(StandardCharsets.UTF_8), "Content-Type", "text/csv"));
        }
        return answers.stream()
                .map(Answer::status)
                .filter(Set.of(400, 401, 403, 413, 415)::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String role(HandlerMethod handler) {
        if (handler.hasMethodAnnotation(OpenToAll.class)) {
            return "open";
        }
        return Optional.ofNullable(handler.getMethodAnnotation(Requires.class))
                .map(requires -> requires.value().wire())
                .orElse("nobody");
    }

    private static Map<String, HandlerMethod> endpoints() {
        Map<String, HandlerMethod> endpoints = new TreeMap<>();
        service.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, handler) -> names(mapping).forEach(name -> endpoints.put(name, handler)));
        return endpoints;
    }

    private static Set<String> names(RequestMappingInfo mapping) {
        return mapping.getPatternValues().stream()
                .flatMap(path ->
                        mapping.getMethodsCondition().getMethods().stream().map(method -> method + " " + path))
                .collect(Collectors.toSet());
    }
}
