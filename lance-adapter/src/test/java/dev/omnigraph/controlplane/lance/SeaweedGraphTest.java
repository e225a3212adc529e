package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.storage.s3.IndependentServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract on a server that others wrote. */
class SeaweedGraphTest extends GraphInBucketContract {

    private TestBucketStorage storage;

    @BeforeEach
    void openStorage() {
        storage = TestBucketStorage.on(IndependentServers.require("weed"));
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    @Override
    TestBucketStorage storage() {
        return storage;
    }
}
