package dev.omnigraph.controlplane.storage.s3;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkException;

/** What another client needs to reach a bucket as its {@link S3ObjectStore} does. Thread-safe. */
public final class BucketAccess {

    private final S3Settings settings;
    private final AwsCredentialsProvider provider;

    BucketAccess(S3Settings settings, AwsCredentialsProvider provider) {
        this.settings = settings;
        this.provider = provider;
    }

    /**
     * What requests are signed with at present. It is never shown, not by {@link #toString} either.
     *
     * @param sessionToken of credentials that expire
     */
    public record Credentials(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {

        @Override
        public String toString() {
            return "Credentials[...]";
        }
    }

    /** The store, where it is not AWS itself. */
    public Optional<URI> endpoint() {
        return settings.endpoint();
    }

    /** The region requests are signed for. */
    public String region() {
        return settings.region();
    }

    /** Whether the bucket stands in the path of a request instead of in its host name. */
    public boolean pathStyle() {
        return settings.pathStyle();
    }

    /** How long one request may take. */
    public S3Settings.Timeouts timeouts() {
        return settings.timeouts();
    }

    /**
     * Credentials that do not expire within the next moment. The chain they come from renews those that do, and keeps them
     * in between, so that this may be called often.
     *
     * @throws IOException where there are none; the message says where they were looked for
     */
    public Credentials credentials() throws IOException {
        try {
            AwsCredentials credentials = provider.resolveCredentials();
            Optional<String> token = credentials instanceof AwsSessionCredentials session
                    ? Optional.of(session.sessionToken())
                    : Optional.empty();
            return new Credentials(credentials.accessKeyId(), credentials.secretAccessKey(), token);
        } catch (SdkException e) {
            throw new IOException("there are no credentials for the bucket: " + e.getMessage(), e);
        }
    }
}
