package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiContract;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.app.testing.TestTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What any operation that asks for a token can be refused with stands at each of them in the document, and at no other. */
class RefusalsTest {

    private static final int MOST_TRIES = 1000;
    private static final String HEALTH = "/actuator/health/";

    @TempDir
    static Path folder;

    private static RunningService service;
    private static TestTokens tokens;
    private static String viewer;

    @BeforeAll
    static void start() {
        SampleCluster.in(folder);
        tokens = TestTokens.in(folder);
        viewer = tokens.create("viewer", "viewer");
        service = RunningService.start(
                "--control-plane.config-dir=" + folder,
                "--control-plane.authentication.token-file=" + tokens.file(),
                "--control-plane.http.requests-per-second=1",
                "--control-plane.http.request-burst=1");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void tooManyRequests() {
        assertThat(documented(429)).isEqualTo(closed());
        assertThat(closed()).allSatisfy(operation -> await(operation, 429));
    }

    @Test
    void credentialsThatCannotBeChecked() throws IOException {
        String before = Files.readString(tokens.file());
        Files.writeString(tokens.file(), "nothing");
        try {
            assertThat(documented(503)).isEqualTo(closed());
            assertThat(closed()).allSatisfy(operation -> await(operation, 503));
        } finally {
            Files.writeString(tokens.file(), before);
        }
    }

    private static void await(String operation, int status) {
        Answer answer = call(operation);
        for (int tries = 1; answer.status() != status; tries++) {
            assertThat(tries).as("%s answers %d", operation, answer.status()).isLessThan(MOST_TRIES);
            answer = call(operation);
        }
    }

    private static Set<String> closed() {
        return ApiContract.roles().entrySet().stream()
                .filter(role -> !role.getValue().equals("open"))
                .map(role -> role.getKey())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> documented(int status) {
        return ApiContract.documented().stream()
                .filter(exchange ->
                        exchange.status() == status && !exchange.path().startsWith(HEALTH))
                .map(exchange -> exchange.method() + " " + exchange.path())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Answer call(String operation) {
        String[] parts = operation.split(" ", 2);
        return service.client()
                .send(
                        parts[0],
                        parts[1].replaceAll("\\{[^}]*}", "nobody") + "?nonsense=1",
                        "{}".getBytes(StandardCharsets.UTF_8),
                        "Authorization",
                        "Bearer " + viewer);
    }
}
