package dev.omnigraph.controlplane.storage.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/** A server as a process of its own, in a folder of its own, which ends with this one. */
final class ServerProcess {

    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    /** A port that was free may be another's by the time the server asks for it. */
    private static final int MAX_STARTS = 3;

    private ServerProcess() {}

    /** A program that serves S3. */
    interface Program {

        /** Serves on a port of the loopback, and keeps what it has in a folder. */
        ProcessBuilder on(int port, Path folder) throws IOException;

        /** The server, reached there. */
        S3Server at(URI endpoint);
    }

    /** Starts a program and makes the bucket. */
    static S3Server serve(Program program) {
        try {
            for (int starts = 1; ; starts++) {
                Path folder = Files.createTempDirectory("s3-server");
                Optional<S3Server> server = started(program, folder);
                if (server.isPresent()) {
                    return server.get();
                }
                if (starts == MAX_STARTS) {
                    throw new IllegalStateException(
                            program + " did not start:\n" + Files.readString(folder.resolve("log")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Optional<S3Server> started(Program program, Path folder) throws IOException, InterruptedException {
        int port = freePort();
        Process process = program.on(port, folder)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, folder), "stop-s3-server"));
        S3Server server = program.at(URI.create("http://127.0.0.1:" + port));
        return awaitBucket(process, server) ? Optional.of(server) : Optional.empty();
    }

    private static boolean awaitBucket(Process process, S3Server server) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (System.nanoTime() < deadline) {
            if (process.waitFor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
            try {
                TestBucket.create(server);
                return true;
            } catch (SdkException notYet) {
                // Looked at again.
            }
        }
        return false;
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
            System.err.println("A server left " + folder + ": " + e);
        }
    }
}
