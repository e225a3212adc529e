package dev.omnigraph.controlplane.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.storage.s3.S3Settings.DeleteMode;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The environment as control-plane.md 2.7 reads it. */
class S3SettingsTest {

    @Test
    void awsItselfIsTheDefault() {
        S3Settings settings = of(Map.of());

        assertThat(settings.endpoint()).isEmpty();
        assertThat(settings.region()).isEqualTo("us-east-1");
        assertThat(settings.pathStyle()).isFalse();
        assertThat(settings.deletes()).isEqualTo(DeleteMode.CONDITIONAL);
        assertThat(settings.timeouts())
                .isEqualTo(
                        new S3Settings.Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(60)));
    }

    @Test
    void theEndpointOfTheServiceGoesBeforeTheGeneralOne() {
        assertThat(of(Map.of("AWS_ENDPOINT_URL", "http://a:1")).endpoint()).isEqualTo(endpoint("http://a:1"));
        assertThat(of(Map.of("AWS_ENDPOINT_URL", "http://a:1", "AWS_ENDPOINT_URL_S3", "https://b"))
                        .endpoint())
                .isEqualTo(endpoint("https://b"));
        assertThat(of(Map.of("AWS_ENDPOINT_URL", "http://a:1", "AWS_ENDPOINT_URL_S3", " "))
                        .endpoint())
                .isEqualTo(endpoint("http://a:1"));
    }

    @Test
    void theRegionHasTwoNames() {
        assertThat(of(Map.of("AWS_DEFAULT_REGION", "eu-west-1")).region()).isEqualTo("eu-west-1");
        assertThat(of(Map.of("AWS_DEFAULT_REGION", "eu-west-1", "AWS_REGION", "eu-north-1"))
                        .region())
                .isEqualTo("eu-north-1");
    }

    @ParameterizedTest
    @CsvSource({
        "1, true",
        "true, true",
        "TRUE, true",
        "True, true",
        "yes, true",
        "YES, true",
        "on, true",
        "ON, true",
        "0, false",
        "false, false",
        "tRUE, false",
        "y, false"
    })
    void whetherBucketsStandInThePathIsSaid(String value, boolean pathStyle) {
        assertThat(of(Map.of("AWS_S3_FORCE_PATH_STYLE", value)).pathStyle()).isEqualTo(pathStyle);
        assertThat(of(Map.of("AWS_S3_FORCE_PATH_STYLE", value, "AWS_ENDPOINT_URL", "http://a"))
                        .pathStyle())
                .isEqualTo(pathStyle);
    }

    @Test
    void atAnEndpointOfOnesOwnBucketsStandInThePath() {
        assertThat(of(Map.of("AWS_ENDPOINT_URL", "http://a")).pathStyle()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:9000", "ftp://a", "http://", "http:///x", "http://a b"})
    void anEndpointThatIsNoneIsRefused(String value) {
        assertThatThrownBy(() -> of(Map.of("AWS_ENDPOINT_URL", value))).isInstanceOf(IllegalArgumentException.class);
    }

    private static S3Settings of(Map<String, String> environment) {
        return S3Settings.of(name -> Optional.ofNullable(environment.get(name)), DeleteMode.CONDITIONAL);
    }

    private static Optional<URI> endpoint(String value) {
        return Optional.of(URI.create(value));
    }
}
