package dev.omnigraph.controlplane.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.config.BundleConfigSource;
import dev.omnigraph.controlplane.config.ClusterConfigLoader;
import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.config.FileContent;
import dev.omnigraph.controlplane.config.LoadOptions;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.MemoryGraphEngine;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerEntry;
import dev.omnigraph.controlplane.ledger.LedgerStore;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GraphInspectorTest {

    private static final String SCHEMA = "node Person {\n    name: String @key\n}\n";

    private final MemoryObjectStore store = new MemoryObjectStore();
    private final StorageRoot root = new StorageRoot.Folder(Path.of(store.location()));
    private final GraphInspector inspector = new GraphInspector(root, store, new MemoryGraphEngine(store));

    @Test
    void everyGraphThatIsDeclaredRecordedOrThereIsLookedAt() {
        record("recorded");
        put("graphs/there.omni/_schema.pg", SCHEMA);
        put("graphs/broken.omni/__manifest/x", "");
        put("graphs/no-graph/x", "");

        Inspection inspection = inspector.inspect(declaring("declared"));

        assertThat(inspection.diagnostics()).isEmpty();
        assertThat(inspection.graphs())
                .extracting(InspectedGraph::id)
                .containsExactly("broken", "declared", "recorded", "there");
        assertThat(inspection.graphs()).extracting(InspectedGraph::declared).containsExactly(false, true, false, false);
        assertThat(inspection.graphs()).extracting(InspectedGraph::recorded).containsExactly(false, false, true, false);
        assertThat(inspection.graphs()).extracting(InspectedGraph::exists).containsExactly(true, false, false, true);
        assertThat(inspection.graphs().get(0).observation().orElseThrow())
                .isInstanceOf(GraphObservation.NotOpenable.class);
        assertThat(inspection.graphs().get(1).desiredSchemaDigest()).contains(Sha256.hex(SCHEMA));
        assertThat(inspection.graphs().get(2).recordedSchemaDigest()).contains("feed");
        assertThat(inspection.graphs().get(3).observation().orElseThrow()).isInstanceOf(GraphObservation.Opened.class);
    }

    @Test
    void oneGraphIsFoundByItsIdOrNotAtAll() {
        put("graphs/there.omni/_schema.pg", SCHEMA);
        ConfigLoad configuration = declaring("declared");

        assertThat(inspector.inspect(configuration, "there")).isPresent();
        assertThat(inspector.inspect(configuration, "declared")).isPresent();
        assertThat(inspector.inspect(configuration, "nobody")).isEmpty();
        assertThat(inspector.inspect(configuration, "")).isEmpty();
        assertThat(inspector.inspect(configuration, "../x")).isEmpty();
    }

    @Test
    void whatHidesAPartOfThePictureIsSaid() {
        put(ControlKeys.STATE.path(), "{}");

        Inspection inspection =
                inspector.inspect(load(Map.of("cluster.yaml", "version: 1\ngraphs:\n  a:\n    schema: missing.pg\n")));

        assertThat(inspection.diagnostics())
                .extracting(finding -> finding.code().wire())
                .contains("schema_file_missing", "invalid_state_json");
        assertThat(inspection.graphs()).extracting(InspectedGraph::id).containsExactly("a");
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreCall.class,
            names = {"GET", "LIST", "EXISTS"})
    void storageThatDoesNotAnswerIsNoEmptyPicture(StoreCall call) {
        store.disturb((actual, key) -> actual == call ? StoreFault.REQUEST_LOST : StoreFault.NONE);

        assertThatThrownBy(() -> inspector.inspect(declaring("declared")))
                .isInstanceOf(StorageUnavailableException.class);
    }

    private static ConfigLoad declaring(String graph) {
        return load(
                Map.of("cluster.yaml", "version: 1\ngraphs:\n  " + graph + ":\n    schema: s.pg\n", "s.pg", SCHEMA));
    }

    private static ConfigLoad load(Map<String, String> files) {
        Map<String, FileContent> contents = new HashMap<>();
        files.forEach((path, text) -> contents.put(path, FileContent.of(text.getBytes(StandardCharsets.UTF_8))));
        return ClusterConfigLoader.load(new BundleConfigSource(".", contents), LoadOptions.CONFINED);
    }

    private void record(String graph) {
        Ledger ledger = Ledger.EMPTY
                .edit()
                .putEntry(new ResourceAddress.Graph(graph), LedgerEntry.of("beef"))
                .putEntry(new ResourceAddress.Schema(graph), LedgerEntry.of("feed"))
                .build();
        new LedgerStore(store).create(ledger);
    }

    private void put(String key, String text) {
        store.putIfAbsent(new ObjectKey(key), text.getBytes(StandardCharsets.UTF_8));
    }
}
