package dev.omnigraph.controlplane.lance;

import org.junit.jupiter.api.extension.RegisterExtension;

/** Publishing to a manifest in a bucket. */
class ManifestPublisherInBucketTest extends ManifestPublisherTest {

    @RegisterExtension
    final EmbeddedStorage bucket = new EmbeddedStorage();

    @Override
    TestStorage storage() {
        return bucket.storage();
    }
}
