package dev.omnigraph.controlplane.storage.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How a bucket is reached. Credentials are not among it: they come from the usual chain of the AWS SDK, which renews them.
 *
 * @param endpoint the store, where it is not AWS itself
 * @param region the region requests are signed for
 * @param pathStyle whether the bucket stands in the path of a request instead of in its host name
 * @param deletes how a deletion under a condition is asked for
 * @param timeouts how long one request may take
 */
public record S3Settings(
        Optional<URI> endpoint, String region, boolean pathStyle, DeleteMode deletes, Timeouts timeouts) {

    /** The region of the engine's own tool where none is named. */
    private static final String DEFAULT_REGION = "us-east-1";

    private static final Set<String> TRUTHY = Set.of("1", "true", "TRUE", "True", "yes", "YES", "on", "ON");

    public S3Settings {
        if (region.isBlank()) {
            throw new IllegalArgumentException("the region is blank");
        }
        endpoint.ifPresent(S3Settings::requireUsable);
    }

    /** How a deletion under a condition is asked for. */
    public enum DeleteMode {
        /** The store compares and deletes in one step. */
        CONDITIONAL,
        /**
         * For stores that ignore conditions on a deletion: this service reads, compares, then deletes. What another writer
         * puts there between the two is deleted too, and a deletion that arrives late takes whatever stands there then.
         */
        COMPARED
    }

    /**
     * Limits of one request; each repetition has them anew.
     *
     * @param connect until the connection stands
     * @param idle between two packets
     * @param attempt for the whole of it
     */
    public record Timeouts(Duration connect, Duration idle, Duration attempt) {

        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(60));
    }

    /**
     * The settings that the environment of the engine's own tool names (control-plane.md 2.7): {@code AWS_ENDPOINT_URL_S3},
     * else {@code AWS_ENDPOINT_URL}; {@code AWS_REGION}, else {@code AWS_DEFAULT_REGION}; {@code AWS_S3_FORCE_PATH_STYLE},
     * which need not be set for an endpoint of one's own: there buckets stand in the path unless it says otherwise. An
     * endpoint that begins with {@code http://} is spoken to without encryption.
     *
     * @param environment the value of a variable, where it has one
     * @throws IllegalArgumentException where a value cannot be used; the message names it
     */
    public static S3Settings of(Function<String, Optional<String>> environment, DeleteMode deletes) {
        Optional<URI> endpoint = value(environment, "AWS_ENDPOINT_URL_S3")
                .or(() -> value(environment, "AWS_ENDPOINT_URL"))
                .map(URI::create);
        String region = value(environment, "AWS_REGION")
                .or(() -> value(environment, "AWS_DEFAULT_REGION"))
                .orElse(DEFAULT_REGION);
        boolean pathStyle = value(environment, "AWS_S3_FORCE_PATH_STYLE")
                .map(TRUTHY::contains)
                .orElse(endpoint.isPresent());
        return new S3Settings(endpoint, region, pathStyle, deletes, Timeouts.DEFAULT);
    }

    private static Optional<String> value(Function<String, Optional<String>> environment, String name) {
        return environment.apply(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static void requireUsable(URI endpoint) {
        String scheme = String.valueOf(endpoint.getScheme());
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(
                    "the endpoint " + endpoint + " begins with neither http:// nor https://");
        }
        if (endpoint.getHost() == null) {
            throw new IllegalArgumentException("the endpoint " + endpoint + " names no host");
        }
    }
}
