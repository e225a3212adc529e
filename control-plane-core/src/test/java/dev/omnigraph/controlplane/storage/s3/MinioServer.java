package dev.omnigraph.controlplane.storage.s3;

import dev.omnigraph.controlplane.storage.s3.S3Settings.DeleteMode;
import dev.omnigraph.controlplane.testing.InstalledProgram;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * MinIO, from the environment variable {@code MINIO_BIN} or from the path, else as a container where an engine for
 * containers answers. It ignores conditions on deletions.
 */
record MinioServer(Path program) implements ServerProcess.Program {

    static final String NAME = "minio";
    static final String MISSING = "MinIO is neither named by MINIO_BIN nor on the path as minio, and no Docker engine"
            + " answers: DELETIONS IN TWO STEPS ARE TRIED ON THE TESTS' OWN SERVER ALONE";

    private static final String ACCESS_KEY = "minio";
    private static final String SECRET_KEY = "minio-secret";
    static final Map<String, String> ENVIRONMENT =
            Map.of("MINIO_ROOT_USER", ACCESS_KEY, "MINIO_ROOT_PASSWORD", SECRET_KEY);

    /** Starts it where it is. */
    static Optional<S3Server> start() {
        return InstalledProgram.candidates("MINIO_BIN", NAME).stream()
                .findFirst()
                .map(program -> ServerProcess.serve(new MinioServer(program)))
                .or(() -> MinioContainer.start().map(MinioServer::withBucket));
    }

    /** The tests' own server, as far as it is to be like MinIO. */
    static S3Server standIn() {
        EmbeddedS3 own = new EmbeddedS3();
        own.ignoreConditionsOf("DELETE");
        return new IndependentServer(
                "a stand-in for MinIO", own.endpoint(), own.accessKey(), own.secretKey(), DeleteMode.COMPARED, false);
    }

    private static S3Server withBucket(URI endpoint) {
        S3Server server = reachedAt(endpoint);
        TestBucket.create(server);
        return server;
    }

    @Override
    public ProcessBuilder on(int port, Path folder) throws IOException {
        ProcessBuilder process = new ProcessBuilder(
                program.toString(),
                "server",
                "--address=127.0.0.1:" + port,
                "--console-address=127.0.0.1:" + ServerProcess.freePort(),
                Files.createDirectory(folder.resolve("data")).toString());
        process.environment().putAll(ENVIRONMENT);
        return process;
    }

    @Override
    public S3Server at(URI endpoint) {
        return reachedAt(endpoint);
    }

    private static S3Server reachedAt(URI endpoint) {
        return new IndependentServer(NAME, endpoint, ACCESS_KEY, SECRET_KEY, DeleteMode.COMPARED, false);
    }
}
