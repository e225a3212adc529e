package dev.omnigraph.controlplane.lance;

import org.junit.jupiter.api.extension.RegisterExtension;

/** The lock of a schema apply on a manifest in a bucket. */
class LockBranchInBucketTest extends LockBranchTest {

    @RegisterExtension
    final EmbeddedStorage bucket = new EmbeddedStorage();

    @Override
    TestStorage storage() {
        return bucket.storage();
    }
}
