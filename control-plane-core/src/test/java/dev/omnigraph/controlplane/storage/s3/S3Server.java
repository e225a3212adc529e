package dev.omnigraph.controlplane.storage.s3;

import dev.omnigraph.controlplane.storage.s3.S3Settings.DeleteMode;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A running S3 server for tests. It has one bucket, {@link #BUCKET}; tests keep apart by prefixes in it. */
public interface S3Server {

    String BUCKET = "golden";
    String REGION = "us-east-1";

    /** Where it listens; buckets stand in the path. */
    URI endpoint();

    String accessKey();

    String secretKey();

    /** How deletions under a condition are asked for there. */
    default DeleteMode deletes() {
        return DeleteMode.CONDITIONAL;
    }

    /** Whether a listing shows a folder for a while after its last object is gone. */
    default boolean showsEmptiedFolders() {
        return false;
    }

    /** What belongs to the key where it is a temporary one. */
    default Optional<String> sessionToken() {
        return Optional.empty();
    }

    /** The environment by which other programs reach it. */
    default Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL",
                endpoint().toString(),
                "AWS_REGION",
                REGION,
                "AWS_ALLOW_HTTP",
                "true",
                "AWS_S3_FORCE_PATH_STYLE",
                "true",
                "AWS_ACCESS_KEY_ID",
                accessKey(),
                "AWS_SECRET_ACCESS_KEY",
                secretKey()));
        sessionToken().ifPresent(token -> environment.put("AWS_SESSION_TOKEN", token));
        return environment;
    }
}
