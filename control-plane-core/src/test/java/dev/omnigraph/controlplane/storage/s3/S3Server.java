package dev.omnigraph.controlplane.storage.s3;

import java.net.URI;

/** A running S3 server for tests. It has one bucket, {@link #BUCKET}; tests keep apart by prefixes in it. */
public interface S3Server {

    String BUCKET = "golden";
    String REGION = "us-east-1";

    /** Where it listens; buckets stand in the path. */
    URI endpoint();

    String accessKey();

    String secretKey();
}
