package dev.omnigraph.controlplane.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.GraphEngine;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.lance.LanceGraphEngine;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Same inputs, same answers, same stored documents as the engine's own tool, but for the declared rows. */
class RecordedScenariosTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "first-run",
                "two-graphs",
                "query-edit",
                "query-add-remove",
                "policy-binding",
                "policy-delete",
                "graph-add",
                "graph-missing",
                "catalog-tamper",
                "catalog-corrupt",
                "providers",
                "lock-held",
                "state-lost",
                "state-corrupt",
                "bad-yaml",
                "config-invalid",
                "crash-before-create",
                "crash-after-create",
                "crash-payloads",
                "crash-state-write",
                "partial-root",
                "observations"
            })
    void agrees(String scenario, @TempDir Path temporary) throws IOException {
        Path folder = Files.createDirectory(temporary.toRealPath().resolve("cluster"));
        ObjectStore store = new FolderObjectStore(folder);
        try (GraphEngine engine =
                LanceGraphEngine.open(store, FaultPoints.NONE, new UlidSource(), InstantSource.system())) {
            ScenarioReplay replay = new ScenarioReplay(
                    RecordedScenario.read(scenario), new DeclaredDifferences(), folder, store, engine);
            assertThat(replay.run()).isEmpty();
        }
    }
}
