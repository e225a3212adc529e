package dev.omnigraph.controlplane.storage.s3;

import dev.omnigraph.controlplane.id.IdSource;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.s3.S3Settings.DeleteMode;
import dev.omnigraph.controlplane.storage.s3.S3Settings.Timeouts;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/** Opens stores on a server for tests. */
public final class TestBucket {

    /** Long for a server on this machine, and short for a test that waits for it to pass. */
    private static final Timeouts PATIENT =
            new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60));

    static final Timeouts IMPATIENT =
            new Timeouts(Duration.ofSeconds(5), Duration.ofMillis(700), Duration.ofSeconds(10));

    private static final IdSource IDS = new UlidSource();

    private TestBucket() {}

    /** A root that no test had before. */
    public static StorageRoot.Bucket freshRoot() {
        return new StorageRoot.Bucket(S3Server.BUCKET, "tests/" + IDS.nextUlid());
    }

    public static S3ObjectStore open(S3Server server, StorageRoot.Bucket root) {
        return open(server, root, settings(server));
    }

    static S3ObjectStore open(S3Server server, StorageRoot.Bucket root, S3Settings settings) {
        return open(server, root, settings, Pause.REAL, ObjectStore.MAX_ENTRIES);
    }

    /** A store that repeats without waiting, and gives a silent server up soon. */
    public static S3ObjectStore openImpatient(S3Server server, StorageRoot.Bucket root) {
        return open(server, root, settings(server, server.deletes(), IMPATIENT), pause -> {}, ObjectStore.MAX_ENTRIES);
    }

    static S3ObjectStore open(
            S3Server server, StorageRoot.Bucket root, S3Settings settings, Pause pause, int maxEntries) {
        return S3ObjectStore.open(
                root, settings, StaticCredentialsProvider.create(credentials(server)), IDS, pause, maxEntries);
    }

    /** Makes the bucket of a server that has none yet. */
    static void create(S3Server server) {
        try (S3Client client =
                S3Clients.create(settings(server), StaticCredentialsProvider.create(credentials(server)))) {
            client.createBucket(bucket -> bucket.bucket(S3Server.BUCKET));
        }
    }

    private static AwsCredentials credentials(S3Server server) {
        return server.sessionToken()
                .<AwsCredentials>map(
                        token -> AwsSessionCredentials.create(server.accessKey(), server.secretKey(), token))
                .orElseGet(() -> AwsBasicCredentials.create(server.accessKey(), server.secretKey()));
    }

    static S3Settings settings(S3Server server) {
        return settings(server, server.deletes(), PATIENT);
    }

    static S3Settings settings(S3Server server, DeleteMode deletes, Timeouts timeouts) {
        return new S3Settings(Optional.of(server.endpoint()), S3Server.REGION, true, deletes, timeouts);
    }
}
