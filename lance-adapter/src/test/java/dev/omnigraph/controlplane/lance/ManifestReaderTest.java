package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestReaderTest {

    /** Two rows for each of two tables, a commit and a head. */
    private static final long ROWS = 6;

    @TempDir
    Path folder;

    @Test
    void aManifestWithMoreRowsThanTheLimitIsRefused() throws Exception {
        try (TestCluster cluster = new TestCluster(folder);
                RootAllocator allocator = LanceRuntime.start()) {
            cluster.create("people", TestCluster.SCHEMA);
            LanceDatasets datasets = new LanceDatasets(allocator);
            DatasetLocation manifest = cluster.location("people").resolve("__manifest");

            assertThat(new ManifestReader(datasets, ROWS).read(manifest).version())
                    .isEqualTo(3);
            assertThatThrownBy(() -> new ManifestReader(datasets, ROWS - 1).read(manifest))
                    .isInstanceOf(MalformedManifestException.class)
                    .hasMessage("it has more than 5 rows");
        }
    }
}
