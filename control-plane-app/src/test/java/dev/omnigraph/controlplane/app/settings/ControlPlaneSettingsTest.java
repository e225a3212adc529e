package dev.omnigraph.controlplane.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ControlPlaneSettingsTest {

    private static final String PREFIX = "control-plane";
    private static final Pattern ROW = Pattern.compile("^\\| `(control-plane\\.[^`]+)` \\| (?:`([^`]*)`)? ?\\|.*");

    /** A default is a promise: whoever changes one changes this table and the reference with it. */
    @Test
    void defaultsAreWhatTheyAre() {
        assertThat(defaults())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("control-plane.config-dir", "."),
                        Map.entry("control-plane.storage", ""),
                        Map.entry("control-plane.configuration-source", "folder"),
                        Map.entry("control-plane.configurations.max-archive-size", "16MB"),
                        Map.entry("control-plane.configurations.max-files", "20000"),
                        Map.entry("control-plane.configurations.max-file-size", "4MB"),
                        Map.entry("control-plane.configurations.max-total-size", "64MB"),
                        Map.entry("control-plane.configurations.max-ratio", "100"),
                        Map.entry("control-plane.configurations.max-depth", "16"),
                        Map.entry("control-plane.configurations.max-path-length", "512"),
                        Map.entry("control-plane.configurations.max-uploads", "2"),
                        Map.entry("control-plane.plans.expiry", "7d"),
                        Map.entry("control-plane.s3.deletes", "conditional"),
                        Map.entry("control-plane.cluster-id", ""),
                        Map.entry("control-plane.instance-id", ""),
                        Map.entry("control-plane.instance.heartbeat", "5s"),
                        Map.entry("control-plane.mode", "production"),
                        Map.entry("control-plane.authentication.token-file", ""),
                        Map.entry("control-plane.authentication.issuer", ""),
                        Map.entry("control-plane.authentication.audience", ""),
                        Map.entry("control-plane.authentication.name-claim", "sub"),
                        Map.entry("control-plane.authentication.roles-claim", "roles"),
                        Map.entry("control-plane.authentication.role-prefix", ""),
                        Map.entry("control-plane.fault-points", ""),
                        Map.entry("control-plane.lock.wait", "30s"),
                        Map.entry("control-plane.graph-policy.enforce", "true"),
                        Map.entry("control-plane.approvals.require-second-person", "false"),
                        Map.entry("control-plane.approvals.accept-foreign", "true"),
                        Map.entry("control-plane.sources.allow-outside", "false"),
                        Map.entry("control-plane.http.max-body-size", "1MB"),
                        Map.entry("control-plane.http.request-timeout", "60s"),
                        Map.entry("control-plane.http.requests-per-second", "100"),
                        Map.entry("control-plane.http.request-burst", "200"),
                        Map.entry("control-plane.http.bad-tokens-per-minute", "60"),
                        Map.entry("control-plane.http.max-streams", "100"),
                        Map.entry("control-plane.http.max-status-waiters", "1000"),
                        Map.entry("control-plane.http.cors-origins", ""),
                        Map.entry("control-plane.operations.queue-size", "64"),
                        Map.entry("control-plane.operations.max-waiters", "64"),
                        Map.entry("control-plane.retention.interval", "24h"),
                        Map.entry("control-plane.retention.operations", "90d"),
                        Map.entry("control-plane.retention.idempotency-keys", "24h"),
                        Map.entry("control-plane.retention.plans", "30d"),
                        Map.entry("control-plane.retention.configurations", "30d"),
                        Map.entry("control-plane.retention.ledgers", "200"),
                        Map.entry("control-plane.status.freshness", "1s"),
                        Map.entry("control-plane.catalog.verify-interval", "1h"),
                        Map.entry("control-plane.shutdown.deadline", "60s"),
                        Map.entry("control-plane.documentation.enabled", "true")));
    }

    @Test
    void theReferenceListsEverySettingWithItsDefault() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/configuration.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                documented.put(row.group(1), Optional.ofNullable(row.group(2)).orElse(""));
            }
        }

        assertThat(documented).isEqualTo(defaults());
    }

    @Test
    void nothingSetBindsToTheDefaults() {
        ControlPlaneSettings settings = bind(Map.of());

        assertThat(settings.storage()).isEmpty();
        assertThat(settings.faultPoints()).isEmpty();
        assertThat(settings.mode()).isEqualTo(Mode.PRODUCTION);
        assertThat(settings.lock().patience()).hasSeconds(30);
        assertThat(settings.http().maxBodySize().toMegabytes()).isEqualTo(1);
    }

    @Test
    void everySettingCanBeSet() {
        ControlPlaneSettings settings = bind(Map.of(
                "control-plane.config-dir", "/etc/cluster",
                "control-plane.storage", "/srv/cluster",
                "control-plane.mode", "dev",
                "control-plane.lock.wait", "0s",
                "control-plane.fault-points", "a=error,b=halt",
                "control-plane.operations.queue-size", "1"));

        assertThat(settings.configDir()).isEqualTo(Path.of("/etc/cluster"));
        assertThat(settings.storage()).contains("/srv/cluster");
        assertThat(settings.mode()).isEqualTo(Mode.DEV);
        assertThat(settings.lock().patience()).isZero();
        assertThat(settings.faultPoints()).containsExactly("a=error", "b=halt");
        assertThat(settings.operations().queueSize()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "control-plane.lock.wait,-1s",
        "control-plane.configurations.max-archive-size,0B",
        "control-plane.configurations.max-total-size,65MB",
        "control-plane.configurations.max-files,0",
        "control-plane.configurations.max-file-size,0B",
        "control-plane.configurations.max-ratio,0",
        "control-plane.configurations.max-depth,0",
        "control-plane.configurations.max-path-length,0",
        "control-plane.configurations.max-uploads,0",
        "control-plane.plans.expiry,0s",
        "control-plane.http.max-body-size,0B",
        "control-plane.http.request-timeout,0s",
        "control-plane.http.requests-per-second,-1",
        "control-plane.http.request-burst,0",
        "control-plane.http.bad-tokens-per-minute,-1",
        "control-plane.http.max-streams,0",
        "control-plane.http.max-status-waiters,0",
        "control-plane.operations.queue-size,0",
        "control-plane.operations.max-waiters,0",
        "control-plane.retention.interval,-1s",
        "control-plane.retention.operations,23h",
        "control-plane.retention.idempotency-keys,23h",
        "control-plane.retention.plans,-1s",
        "control-plane.retention.configurations,-1s",
        "control-plane.retention.ledgers,0",
        "control-plane.shutdown.deadline,-1s"
    })
    void valuesThatMakeNoSenseAreRefusedByName(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of(name, value)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    private static ControlPlaneSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate(PREFIX, ControlPlaneSettings.class);
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new TreeMap<>();
        collect(ControlPlaneSettings.class, PREFIX, defaults);
        return defaults;
    }

    private static void collect(Class<?> type, String prefix, Map<String, String> defaults) {
        Set<String> names = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + "." + name(type, component);
            assertThat(names.add(name)).isTrue();
            if (component.getType().isRecord()) {
                collect(component.getType(), name, defaults);
            } else {
                defaults.put(name, String.join(",", parameter(type, component).value()));
            }
        }
    }

    private static String name(Class<?> type, RecordComponent component) {
        Name name = annotation(type, component, Name.class);
        String camel = name == null ? component.getName() : name.value();
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static DefaultValue parameter(Class<?> type, RecordComponent component) {
        DefaultValue value = annotation(type, component, DefaultValue.class);
        assertThat(value).as("the default of %s", component).isNotNull();
        return value;
    }

    /** Annotations for parameters stand on the parameters of the record's one constructor. */
    private static <A extends Annotation> A annotation(Class<?> type, RecordComponent component, Class<A> annotation) {
        return Arrays.stream(type.getDeclaredConstructors()[0].getParameters())
                .filter(parameter -> parameter.getName().equals(component.getName()))
                .findFirst()
                .orElseThrow()
                .getAnnotation(annotation);
    }
}
