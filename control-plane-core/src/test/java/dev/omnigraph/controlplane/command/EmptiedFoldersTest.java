package dev.omnigraph.controlplane.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.ForwardingObjectStore;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.testing.DesiredClusters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** SeaweedFS lists a folder for two minutes after its last object is gone. */
class EmptiedFoldersTest {

    private static final String SCHEMA = "node A { a: String @key }";
    private static final DesiredCluster DESIRED = new DesiredClusters()
            .graph("people", SCHEMA)
            .graph("scratch", SCHEMA)
            .build();
    private static final ObjectKey SCRATCH = StorageRoot.graphKey("scratch");

    private final MemoryCluster cluster =
            new MemoryCluster(new Slow(new MemoryObjectStore()), new StorageRoot.Folder(Path.of("/memory")));

    /** Always lists the root of one graph. */
    private static final class Slow extends ForwardingObjectStore {

        Slow(MemoryObjectStore store) {
            super(store);
        }

        @Override
        public ListOutcome list(ObjectKey prefix) {
            ListOutcome outcome = super.list(prefix);
            ListOutcome.Entry root = new ListOutcome.Entry(SCRATCH, ListOutcome.Kind.PREFIX);
            if (prefix.equals(ControlKeys.GRAPHS)
                    && outcome instanceof ListOutcome.Listed listed
                    && !listed.entries().contains(root)) {
                List<ListOutcome.Entry> entries = new ArrayList<>(listed.entries());
                entries.add(root);
                return new ListOutcome.Listed(entries);
            }
            return outcome;
        }
    }

    @Test
    void aGraphOfWhichNothingIsLeftIsMissingAndNotBroken() {
        cluster.converge(DESIRED);
        cluster.objects().removeTree(SCRATCH, removed -> {});

        CommandOutput refreshed = cluster.service().refresh(MemoryCluster.load(DESIRED), Set.of(), RunListener.NONE);

        assertThat(refreshed.ok()).isTrue();
        assertThat(cluster.ledger()
                        .statuses()
                        .get(new ResourceAddress.Graph("scratch"))
                        .conditions())
                .containsExactly("graph_missing");
        assertThat(cluster.apply(DESIRED).converged()).isTrue();
        assertThat(FaultScenario.liveSchema(cluster, "scratch")).contains(SCHEMA);
    }
}
