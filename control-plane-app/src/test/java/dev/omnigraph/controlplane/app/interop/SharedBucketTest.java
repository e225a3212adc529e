package dev.omnigraph.controlplane.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.storage.s3.EmbeddedS3;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine's own tool and this service take turns on one cluster in a bucket. */
class SharedBucketTest {

    /** A slice of what the campaign does; each kind of operation is in it. */
    private static final int OPERATIONS = 8;

    @TempDir
    Path folder;

    private final EmbeddedS3 server = new EmbeddedS3();

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void theyTakeTurnsWithoutARefusal() throws IOException {
        assertThat(new TurnTaking(folder.toRealPath(), server, System.out::println).run(OPERATIONS))
                .isEmpty();
    }
}
