package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.s3.S3ObjectStore;
import dev.omnigraph.controlplane.storage.s3.S3Server;
import dev.omnigraph.controlplane.storage.s3.TestBucket;
import java.time.InstantSource;

/** A storage root of its own in the bucket of a server. */
record TestBucketStorage(S3ObjectStore store) implements TestStorage, AutoCloseable {

    static TestBucketStorage on(S3Server server) {
        return new TestBucketStorage(TestBucket.open(server, TestBucket.freshRoot()));
    }

    StorageRoot.Bucket root() {
        return store.root();
    }

    @Override
    public LanceStorage lance() {
        return new LanceBucket(root(), store, store.access());
    }

    @Override
    public LanceGraphEngine open(ObjectStore through, FaultPoints faultPoints) {
        return LanceGraphEngine.open(
                through, root(), store.access(), faultPoints, new UlidSource(), InstantSource.system());
    }

    @Override
    public void close() {
        store.close();
    }
}
