package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.fault.FaultPoint;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract on the tests' own server, and all other places where an apply can die. */
class BucketMigrationTest extends GraphInBucketContract {

    @RegisterExtension
    final EmbeddedStorage bucket = new EmbeddedStorage();

    @Override
    TestBucketStorage storage() {
        return bucket.storage();
    }

    @ParameterizedTest
    @CsvSource({
        "SCHEMA_APPLY_AFTER_SIDECAR_WRITE, 1",
        "SCHEMA_APPLY_AFTER_TABLE_WRITE, 2",
        "SCHEMA_APPLY_AFTER_STAGING_WRITE, 1",
        "SCHEMA_APPLY_AFTER_PROMOTION, 1",
        "SCHEMA_APPLY_AFTER_SIDECAR_DELETE, 1",
    })
    void theNextApplyEndsOneThatDiedElsewhere(FaultPoint armed, int time) throws Exception {
        theNextApplyEnds(armed, time);
    }
}
