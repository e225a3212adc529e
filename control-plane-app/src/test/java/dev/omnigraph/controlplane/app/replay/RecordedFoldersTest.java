package dev.omnigraph.controlplane.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.testing.FileTrees;
import dev.omnigraph.controlplane.testing.Recordings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders that the engine's own tool left converged are converged to this service too. */
class RecordedFoldersTest {

    @ParameterizedTest
    @ValueSource(strings = {"first-run", "two-graphs", "providers", "schema-add-property", "graph-delete"})
    void areReadAsConverged(String scenario, @TempDir Path temporary) throws IOException {
        Path folder = temporary.toRealPath().resolve("cluster");
        FileTrees.copy(Recordings.path("golden/" + scenario + "/cluster"), folder);
        try (TestCluster cluster = new TestCluster(folder, FaultPoints.NONE)) {
            assertThat(cluster.status().diagnostics()).isEmpty();
            assertThat(cluster.plan().changes()).isEmpty();
            assertThat(cluster.plan().diagnostics()).isEmpty();
            assertThat(cluster.refresh().diagnostics()).isEmpty();
            assertThat(cluster.plan().changes()).isEmpty();
        }
    }
}
