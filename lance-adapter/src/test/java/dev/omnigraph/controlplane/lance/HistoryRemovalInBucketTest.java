package dev.omnigraph.controlplane.lance;

import org.junit.jupiter.api.extension.RegisterExtension;

/** Former versions of tables in a bucket. */
class HistoryRemovalInBucketTest extends HistoryRemovalTest {

    @RegisterExtension
    final EmbeddedStorage bucket = new EmbeddedStorage();

    @Override
    TestStorage storage() {
        return bucket.storage();
    }

    /** A bucket has no empty folders. */
    @Override
    void aTableThatIsNoDatasetIsTold() {}
}
