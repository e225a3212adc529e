package dev.omnigraph.controlplane.storage.s3;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes clients of the AWS SDK that send each request once. */
final class S3Clients {

    /** Requests at the same time; more wait for a connection, at most as long as one may take to stand. */
    private static final int MAX_CONNECTIONS = 64;

    private S3Clients() {}

    /** Bodies are sent plain, with their checksum in a header: some stores keep the SDK's framing as if it were content. */
    static S3Client create(S3Settings settings, AwsCredentialsProvider credentials) {
        S3Settings.Timeouts timeouts = settings.timeouts();
        S3ClientBuilder client = S3Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials)
                .forcePathStyle(settings.pathStyle())
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                .httpClientBuilder(Apache5HttpClient.builder()
                        .maxConnections(MAX_CONNECTIONS)
                        .connectionTimeout(timeouts.connect())
                        .connectionAcquisitionTimeout(timeouts.attempt())
                        .socketTimeout(timeouts.idle()))
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .addExecutionInterceptor(new WholeAnswers())
                        .apiCallAttemptTimeout(timeouts.attempt())
                        .apiCallTimeout(timeouts.attempt()));
        settings.endpoint().ifPresent(client::endpointOverride);
        return client.build();
    }
}
