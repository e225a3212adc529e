package dev.omnigraph.controlplane.app.settings;

import dev.omnigraph.controlplane.archive.ArchiveLimits;
import dev.omnigraph.controlplane.operation.IdempotencyStore;
import dev.omnigraph.controlplane.retention.RetentionPeriods;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.s3.S3Settings.DeleteMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * Every setting of the service, with its default. What each means stands in {@code docs/configuration.md}, which a test
 * holds against this record.
 */
@ConfigurationProperties("control-plane")
public record ControlPlaneSettings(
        @DefaultValue(".") Path configDir,
        @DefaultValue("folder") ConfigurationSource configurationSource,
        @DefaultValue Configurations configurations,
        @DefaultValue Plans plans,
        @DefaultValue Optional<String> storage,
        @DefaultValue S3 s3,
        @DefaultValue Optional<String> clusterId,
        @DefaultValue Optional<String> instanceId,
        @DefaultValue Instance instance,
        @DefaultValue("production") Mode mode,
        @DefaultValue Authentication authentication,
        @DefaultValue List<String> faultPoints,
        @DefaultValue Lock lock,
        @DefaultValue GraphPolicy graphPolicy,
        @DefaultValue Approvals approvals,
        @DefaultValue Sources sources,
        @DefaultValue Http http,
        @DefaultValue Operations operations,
        @DefaultValue Retention retention,
        @DefaultValue Status status,
        @DefaultValue Catalog catalog,
        @DefaultValue Shutdown shutdown,
        @DefaultValue Documentation documentation) {

    /**
     * Storage in a bucket.
     *
     * @param deletes how a deletion under a condition is asked for
     */
    public record S3(@DefaultValue("conditional") DeleteMode deletes) {}

    /**
     * This process among others on the same store.
     *
     * @param heartbeat how often it gives a sign of life; the same on all instances of a cluster
     */
    public record Instance(@DefaultValue("5s") Duration heartbeat) {
        public Instance {
            requirePositive("control-plane.instance.heartbeat", heartbeat.toMillis());
        }
    }

    /**
     * How requests are authenticated in production; one of token file and issuer, or both.
     *
     * @param tokenFile the tokens that the service knows itself
     * @param issuer an OpenID Connect issuer
     * @param audience what the issuer's tokens must be made for
     * @param nameClaim the claim that names the principal
     * @param rolesClaim the claim with the principal's roles
     * @param rolePrefix what stands before the names of roles in that claim
     */
    public record Authentication(
            @DefaultValue Optional<String> tokenFile,
            @DefaultValue Optional<String> issuer,
            @DefaultValue Optional<String> audience,
            @DefaultValue("sub") String nameClaim,
            @DefaultValue("roles") String rolesClaim,
            @DefaultValue("") String rolePrefix) {}

    /**
     * The cluster lock.
     *
     * @param patience how long a changing command waits for a lock that someone else holds; zero fails at once
     */
    public record Lock(@Name("wait") @DefaultValue("30s") Duration patience) {
        public Lock {
            requireNotNegative("control-plane.lock.wait", patience);
        }
    }

    /**
     * The applied policies of graphs.
     *
     * @param enforce whether they are asked before a schema is changed
     */
    public record GraphPolicy(@DefaultValue("true") boolean enforce) {}

    /**
     * Approvals.
     *
     * @param requireSecondPerson whether nobody applies what he approved himself
     * @param acceptForeign whether approvals count that this service has no record of
     */
    public record Approvals(
            @DefaultValue("false") boolean requireSecondPerson,
            @DefaultValue("true") boolean acceptForeign) {}

    /**
     * The files a configuration names.
     *
     * @param allowOutside whether they may lie outside the configuration folder
     */
    public record Sources(@DefaultValue("false") boolean allowOutside) {}

    /**
     * Stored configurations, and the archives they come in.
     *
     * @param maxArchiveSize larger archives are refused
     * @param maxFiles so many entries an archive has at most, folders counted too
     * @param maxFileSize the largest single file
     * @param maxTotalSize all files together
     * @param maxRatio so many times larger than the archive its files are at most
     * @param maxDepth so many segments a path has at most
     * @param maxPathLength so many bytes a path has at most
     * @param maxUploads so many archives are unpacked at the same time at most
     */
    public record Configurations(
            @DefaultValue("16MB") DataSize maxArchiveSize,
            @DefaultValue("20000") int maxFiles,
            @DefaultValue("4MB") DataSize maxFileSize,
            @DefaultValue("64MB") DataSize maxTotalSize,
            @DefaultValue("100") int maxRatio,
            @DefaultValue("16") int maxDepth,
            @DefaultValue("512") int maxPathLength,
            @DefaultValue("2") int maxUploads) {
        public Configurations {
            requireSize("control-plane.configurations.max-archive-size", maxArchiveSize);
            requirePositive("control-plane.configurations.max-files", maxFiles);
            requireSize("control-plane.configurations.max-file-size", maxFileSize);
            requireSize("control-plane.configurations.max-total-size", maxTotalSize);
            requirePositive("control-plane.configurations.max-ratio", maxRatio);
            requirePositive("control-plane.configurations.max-depth", maxDepth);
            requirePositive("control-plane.configurations.max-path-length", maxPathLength);
            requirePositive("control-plane.configurations.max-uploads", maxUploads);
        }

        /** The same for those who unpack. */
        public ArchiveLimits limits() {
            return new ArchiveLimits(
                    maxFiles, maxFileSize.toBytes(), maxTotalSize.toBytes(), maxRatio, maxDepth, maxPathLength);
        }

        private static void requireSize(String name, DataSize value) {
            requirePositive(name, value.toBytes());
            if (value.toBytes() > ObjectStore.MAX_OBJECT_BYTES) {
                throw new IllegalArgumentException(name + " must be at most " + ObjectStore.MAX_OBJECT_BYTES
                        + " bytes, but is " + value.toBytes());
            }
        }
    }

    /**
     * Stored plans.
     *
     * @param expiry how long one can be carried out, unless the request says otherwise
     */
    public record Plans(@DefaultValue("7d") Duration expiry) {
        public Plans {
            requirePositive("control-plane.plans.expiry", expiry.toMillis());
        }
    }

    /**
     * Requests.
     *
     * @param maxBodySize larger bodies are refused
     * @param requestTimeout how long the head of a request may take, and its body
     * @param requestsPerSecond what one principal may send for long; zero for any number
     * @param requestBurst what one principal may send at once
     * @param badTokensPerMinute so many tokens that are not valid one address may send; zero for any number
     * @param maxStreams so many event streams and exports are open at most
     * @param maxStatusWaiters so many requests wait for another status at most; others are answered at once
     * @param corsOrigins whose pages may call the service from a browser
     */
    public record Http(
            @DefaultValue("1MB") DataSize maxBodySize,
            @DefaultValue("60s") Duration requestTimeout,
            @DefaultValue("100") int requestsPerSecond,
            @DefaultValue("200") int requestBurst,
            @DefaultValue("60") int badTokensPerMinute,
            @DefaultValue("100") int maxStreams,
            @DefaultValue("1000") int maxStatusWaiters,
            @DefaultValue List<String> corsOrigins) {
        public Http {
            requirePositive("control-plane.http.max-body-size", maxBodySize.toBytes());
            requirePositive("control-plane.http.request-timeout", requestTimeout.toMillis());
            requireNotNegative("control-plane.http.requests-per-second", Duration.ofSeconds(requestsPerSecond));
            requirePositive("control-plane.http.request-burst", requestBurst);
            requireNotNegative("control-plane.http.bad-tokens-per-minute", Duration.ofMinutes(badTokensPerMinute));
            requirePositive("control-plane.http.max-streams", maxStreams);
            requirePositive("control-plane.http.max-status-waiters", maxStatusWaiters);
        }
    }

    /**
     * Accepted commands.
     *
     * @param queueSize so many accepted operations wait at most for the one that runs
     * @param maxWaiters so many requests are kept waiting for an operation at most; others are answered at once
     */
    public record Operations(
            @DefaultValue("64") int queueSize,
            @DefaultValue("64") int maxWaiters) {
        public Operations {
            requirePositive("control-plane.operations.queue-size", queueSize);
            requirePositive("control-plane.operations.max-waiters", maxWaiters);
        }
    }

    /**
     * What is kept for a time only.
     *
     * @param interval how often what is due is removed; zero for never of itself
     * @param operations how long records of operations are kept, from their end
     * @param idempotencyKeys how long keys of repeatable requests are kept
     * @param plans how long stored plans are kept, from their expiry
     * @param configurations how long stored configurations are kept that nothing names
     * @param ledgers so many earlier revisions of the ledger are kept
     */
    public record Retention(
            @DefaultValue("24h") Duration interval,
            @DefaultValue("90d") Duration operations,
            @DefaultValue("24h") Duration idempotencyKeys,
            @DefaultValue("30d") Duration plans,
            @DefaultValue("30d") Duration configurations,
            @DefaultValue("200") int ledgers) {
        public Retention {
            requireNotNegative("control-plane.retention.interval", interval);
            requireAtLeast("control-plane.retention.idempotency-keys", IdempotencyStore.KEPT, idempotencyKeys);
            requireAtLeast("control-plane.retention.operations", idempotencyKeys, operations);
            requireNotNegative("control-plane.retention.plans", plans);
            requireNotNegative("control-plane.retention.configurations", configurations);
            requirePositive("control-plane.retention.ledgers", ledgers);
        }

        /** The same for core. */
        public RetentionPeriods periods() {
            return new RetentionPeriods(operations, idempotencyKeys, plans, configurations, ledgers);
        }
    }

    /**
     * The status.
     *
     * @param freshness how old an answer may be; zero reads the store for each
     */
    public record Status(@DefaultValue("1s") Duration freshness) {
        public Status {
            requireNotNegative("control-plane.status.freshness", freshness);
        }
    }

    /**
     * The catalog copies.
     *
     * @param verifyInterval how often each is read and held against its digest; zero never
     */
    public record Catalog(@DefaultValue("1h") Duration verifyInterval) {
        public Catalog {
            requireNotNegative("control-plane.catalog.verify-interval", verifyInterval);
        }
    }

    /**
     * The way a stop goes.
     *
     * @param deadline how long it waits for the running operation
     */
    public record Shutdown(@DefaultValue("60s") Duration deadline) {
        public Shutdown {
            requireNotNegative("control-plane.shutdown.deadline", deadline);
        }
    }

    /**
     * The API's description and its page.
     *
     * @param enabled whether they are served
     */
    public record Documentation(@DefaultValue("true") boolean enabled) {}

    private static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + value);
        }
    }

    private static void requireAtLeast(String name, Duration least, Duration value) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", but is " + value);
        }
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
        }
    }
}
