package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.ApiContract;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.app.testing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation of the document, with a real token of every role, in production. The document says of each operation
 * which role it asks for ({@code x-role}); the service has to agree.
 */
class RoleMatrixTest {

    private static final String OPEN = "open";
    private static final String FRAMEWORK = "/actuator/";
    /** A body that no endpoint takes: whoever is let in is told so, and nothing happens. */
    private static final byte[] NONSENSE = "{\"nonsense\": 1}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path folder;

    private static RunningService service;
    private static final Map<Role, String> TOKENS = new EnumMap<>(Role.class);

    @BeforeAll
    static void start() {
        SampleCluster.in(folder);
        TestTokens tokens = TestTokens.in(folder);
        Arrays.stream(Role.values())
                .forEach(role -> TOKENS.put(role, tokens.create("the-" + role.wire(), role.wire())));
        service = RunningService.start(
                "--control-plane.config-dir=" + folder, "--control-plane.authentication.token-file=" + tokens.file());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void everyOperationSaysWhichRoleItAsksFor() {
        assertThat(ApiContract.roles())
                .allSatisfy((operation, role) -> assertThat(
                                role.equals(OPEN) || Role.named(role).isPresent())
                        .as("%s asks for `%s`", operation, role)
                        .isTrue());
    }

    @Test
    void everyRoleOpensWhatTheDocumentSaysAndNothingElse() {
        List<String> disagreements = new ArrayList<>();
        ApiContract.roles().forEach((operation, role) -> {
            for (Role held : Role.values()) {
                boolean expected = role.equals(OPEN)
                        || Role.named(role).filter(held::includes).isPresent();
                int status = call(operation, Optional.of(TOKENS.get(held))).status();
                if (expected == (status == 403) || status == 401) {
                    disagreements.add(operation + " as " + held.wire() + ": " + status);
                }
            }
        });

        assertThat(disagreements).isEmpty();
    }

    @Test
    void withoutATokenOnlyWhatIsOpenIsOpen() {
        Map<String, Integer> statuses = ApiContract.roles().keySet().stream()
                .collect(Collectors.toMap(
                        operation -> operation,
                        operation -> call(operation, Optional.empty()).status()));

        assertThat(statuses)
                .allSatisfy((operation, status) -> assertThat(status == 401)
                        .as("%s answers %d", operation, status)
                        .isEqualTo(!ApiContract.roles().get(operation).equals(OPEN)));
    }

    private static Answer call(String operation, Optional<String> token) {
        String method = operation.substring(0, operation.indexOf(' '));
        String path = operation.substring(operation.indexOf(' ') + 1).replaceAll("\\{[^}]*}", "nobody");
        List<String> headers = new ArrayList<>();
        token.ifPresent(value -> headers.addAll(List.of("Authorization", "Bearer " + value)));
        ApiClient client = service.client();
        if (method.equals("GET")) {
            return client.get(path.startsWith(FRAMEWORK) ? path : path + "?nonsense=1", headers.toArray(String[]::new));
        }
        headers.addAll(List.of("Content-Type", "application/json"));
        return client.send(method, path + "?nonsense=1", NONSENSE, headers.toArray(String[]::new));
    }
}
