package dev.omnigraph.controlplane.storage.s3;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * The S3 servers that others wrote. Each is started when it is first asked for, once for all tests of this process, and ends
 * with it. Where this machine does not have one, that is said on standard error, once; one that is there and does not start is
 * a failure.
 */
public final class IndependentServers {

    private IndependentServers() {}

    private static final class Seaweed {
        private static final Optional<S3Server> SERVER = announced(SeaweedServer.start(), SeaweedServer.MISSING);
    }

    private static final class Minio {
        private static final Optional<S3Server> SERVER = announced(MinioServer.start(), MinioServer.MISSING);
    }

    private static final class StandIn {
        private static final S3Server SERVER = MinioServer.standIn();
    }

    /** All of them; what stands in for MinIO where that is missing. */
    public static List<S3Server> all() {
        return Stream.concat(Seaweed.SERVER.stream(), Stream.of(minioOrStandIn()))
                .toList();
    }

    /** MinIO; where this machine does not have it, the tests' own server, which ignores what MinIO ignores. */
    public static S3Server minioOrStandIn() {
        return Minio.SERVER.orElseGet(() -> StandIn.SERVER);
    }

    /**
     * SeaweedFS ({@code weed}) or MinIO ({@code minio}).
     *
     * @throws TestAbortedException where this machine does not have it
     */
    public static S3Server require(String name) {
        Optional<S3Server> server = switch (name) {
            case SeaweedServer.NAME -> Seaweed.SERVER;
            case MinioServer.NAME -> Minio.SERVER;
            default ->
                throw new IllegalArgumentException(
                        name + " is neither " + SeaweedServer.NAME + " nor " + MinioServer.NAME);
        };
        return server.orElseThrow(() -> new TestAbortedException(name + " is not on this machine"));
    }

    private static Optional<S3Server> announced(Optional<S3Server> server, String missing) {
        if (server.isEmpty()) {
            System.err.println("LEFT OUT: " + missing);
        }
        return server;
    }
}
