package dev.omnigraph.controlplane.storage.s3;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** MinIO in a container, which ends with this process. */
final class MinioContainer {

    private static final DockerImageName IMAGE = DockerImageName.parse("minio/minio:RELEASE.2025-09-07T16-13-09Z");
    private static final Path SOCKET = Path.of("/var/run/docker.sock");
    private static final int PORT = 9000;

    private MinioContainer() {}

    /** Starts it where an engine answers. */
    static Optional<URI> start() {
        return anEngineAnswers() ? Optional.of(started()) : Optional.empty();
    }

    /** Where there is not even a socket nobody is asked: that would take its time, and be logged as an error. */
    private static boolean anEngineAnswers() {
        return (System.getenv("DOCKER_HOST") != null || Files.exists(SOCKET))
                && DockerClientFactory.instance().isDockerAvailable();
    }

    /** What is started here the library ends, when this process does. */
    @SuppressWarnings("resource")
    private static URI started() {
        GenericContainer<?> container = new GenericContainer<>(IMAGE)
                .withEnv(MinioServer.ENVIRONMENT)
                .withCommand("server", "/data")
                .withExposedPorts(PORT)
                .waitingFor(Wait.forHttp("/minio/health/ready").forPort(PORT));
        container.start();
        return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(PORT));
    }
}
