package dev.omnigraph.controlplane.storage.s3;

/** The contract on the tests' own server, which is always there. */
class EmbeddedS3StoreTest extends S3ObjectStoreContract {

    private static final EmbeddedS3 SERVER = new EmbeddedS3();

    @Override
    S3Server server() {
        return SERVER;
    }
}
