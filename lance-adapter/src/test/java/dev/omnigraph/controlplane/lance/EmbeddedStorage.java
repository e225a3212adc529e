package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.storage.s3.EmbeddedS3;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A storage root in the bucket of a server of its own, for one test. */
final class EmbeddedStorage implements AfterEachCallback {

    private final EmbeddedS3 server = new EmbeddedS3();
    private final TestBucketStorage storage = TestBucketStorage.on(server);

    TestBucketStorage storage() {
        return storage;
    }

    EmbeddedS3 server() {
        return server;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        storage.close();
        server.close();
    }
}
