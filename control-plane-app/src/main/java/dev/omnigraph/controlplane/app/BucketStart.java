package dev.omnigraph.controlplane.app;

import dev.omnigraph.controlplane.id.IdSource;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.storage.ConditionProbe;
import dev.omnigraph.controlplane.storage.ConditionProbe.Condition;
import dev.omnigraph.controlplane.storage.ConditionProbe.Outcome;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.s3.S3ObjectStore;
import dev.omnigraph.controlplane.storage.s3.S3Settings;
import dev.omnigraph.controlplane.storage.s3.S3Settings.DeleteMode;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a bucket, and refuses to work with one that does not keep the conditions of requests. */
final class BucketStart {

    private static final Logger LOG = LoggerFactory.getLogger(BucketStart.class);

    private BucketStart() {}

    /**
     * The store, tried and trusted.
     *
     * @param environment the value of an environment variable, where it has one
     */
    static ObjectStore open(
            StorageRoot.Bucket root,
            DeleteMode deletes,
            Function<String, Optional<String>> environment,
            IdSource ids,
            Pause pause) {
        S3ObjectStore store = S3ObjectStore.open(root, settings(environment, deletes), ids, pause);
        if (deletes == DeleteMode.COMPARED) {
            LOG.warn(
                    "control-plane.s3.deletes=compared: objects in {} are compared and then deleted in two steps; what"
                            + " another writer stores between the two is deleted too",
                    root.display());
        }
        Optional<StartRefusedException> refusal = refusal(store, new ConditionProbe(store, ids).run());
        if (refusal.isPresent()) {
            store.close();
            throw refusal.get();
        }
        return store;
    }

    private static S3Settings settings(Function<String, Optional<String>> environment, DeleteMode deletes) {
        try {
            return S3Settings.of(environment, deletes);
        } catch (IllegalArgumentException e) {
            throw new StartRefusedException(
                    "The bucket cannot be reached as the environment says: " + e.getMessage() + ".",
                    "Correct AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL, AWS_REGION or AWS_DEFAULT_REGION.");
        }
    }

    private static Optional<StartRefusedException> refusal(ObjectStore store, Outcome outcome) {
        if (outcome instanceof Outcome.Ignored ignored) {
            return Optional.of(new StartRefusedException(
                    "The store behind " + store.location() + " cannot be trusted with a cluster: it " + ignored.what()
                            + ".",
                    remedy(ignored.condition())));
        }
        if (outcome instanceof Outcome.Unavailable unavailable) {
            return Optional.of(new StartRefusedException(
                    "The store behind " + store.location() + " could not be tried: " + unavailable.reason() + ".",
                    "Check that the bucket exists, that the endpoint (AWS_ENDPOINT_URL_S3) and the credentials are"
                            + " right, and that they allow to get, put, delete and list objects."));
        }
        return Optional.empty();
    }

    private static String remedy(Condition condition) {
        return switch (condition) {
            case WRITE_IF_ABSENT, WRITE_IF_MATCH ->
                "Use a store that keeps If-None-Match and If-Match on writes; with this one two writers would both"
                        + " believe that they hold the lock.";
            case DELETE_IF_MATCH ->
                "Use a store that keeps If-Match on deletions, or accept deletions in two steps with"
                        + " control-plane.s3.deletes=compared; docs/configuration.md says what can go wrong then.";
        };
    }
}
