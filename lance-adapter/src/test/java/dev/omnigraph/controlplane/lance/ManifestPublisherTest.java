package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.id.UlidSource;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing by the protocol that all writers of graphs share (graph-format.md 3.7). */
class ManifestPublisherTest {

    private static final VersionMetadata METADATA = new VersionMetadata(
            "graph/nodes/x/_versions/1.manifest", OptionalLong.empty(), Optional.empty(), Optional.empty());

    @TempDir
    Path folder;

    /** Where the graph is to lie. */
    TestStorage storage() {
        return new TestFolder(folder);
    }

    private TestCluster cluster;
    private RootAllocator allocator;
    private DurableTree durable;
    private ManifestPublisher publisher;

    @BeforeEach
    void createGraph() {
        cluster = new TestCluster(storage());
        cluster.create("g", TestCluster.SCHEMA);
        allocator = LanceRuntime.start();
        durable = new DurableTree();
        publisher = new ManifestPublisher(
                allocator,
                new ManifestReader(new LanceDatasets(allocator)),
                durable,
                FaultPoints.NONE,
                InstantSource.system());
    }

    @AfterEach
    void close() {
        durable.close();
        allocator.close();
        cluster.close();
    }

    private long publish(List<ManifestChange> changes, Map<String, Long> expected, String commit) throws Exception {
        return publisher.publish(
                cluster.location("g").resolve(GraphLayout.MANIFEST), changes, expected, commit, Optional.of("ada"));
    }

    private GraphObservation.Opened observed() {
        return (GraphObservation.Opened) cluster.observe("g");
    }

    @Test
    void aCommitFollowsTheNewestOneAndNamesItsActor() throws Exception {
        String parent = observed().headCommit();
        String commit = new UlidSource().nextUlid();

        assertThat(publish(List.of(), Map.of(), commit)).isEqualTo(4);

        assertThat(observed().headCommit()).isEqualTo(commit);
        assertThat(ManifestRecords.of(cluster.location("g")))
                .filteredOn(row -> row.objectId().equals(commit))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.tableVersion()).hasValue(4);
                    assertThat(row.metadata().orElseThrow())
                            .startsWith("{\"parent_commit_id\":\"" + parent + "\",\"actor_id\":\"ada\",");
                });
    }

    @Test
    void tablesAreAddedMovedAndDropped() throws Exception {
        publish(
                List.of(
                        new ManifestChange.Register("node:Tag", "nodes/6ce0cb19e201b153"),
                        new ManifestChange.Pin("node:Tag", 1, Optional.empty(), 0, METADATA),
                        new ManifestChange.Pin("node:Person", 2, Optional.empty(), 7, METADATA),
                        new ManifestChange.Drop("edge:Knows", 2)),
                Map.of("node:Tag", 0L, "node:Person", 1L, "edge:Knows", 1L),
                new UlidSource().nextUlid());

        assertThat(observed().tables())
                .extracting(table -> table.key() + "@" + table.version() + "=" + table.rows())
                .containsExactly("node:Person@2=7", "node:Tag@1=0");
    }

    @Test
    void aCommitOnABranchFollowsItsNewestOneAndMainStaysAsItIs() throws Exception {
        DatasetLocation manifest = cluster.location("g").resolve(GraphLayout.MANIFEST);
        new LanceDatasets(allocator).createBranch(manifest, "team/review", 3);
        String fork = observed().headCommit();
        Optional<String> branch = Optional.of("team/review");
        CommitIntent commit =
                new CommitIntent(new UlidSource().nextUlid(), branch, Optional.empty(), Optional.of("MERGED"));

        long published = publisher.publish(
                manifest,
                List.of(new ManifestChange.Pin("node:Person", 2, branch, 7, METADATA)),
                Map.of("node:Person", 1L),
                commit);

        assertThat(published).isEqualTo(4);
        assertThat(observed().manifestVersion()).isEqualTo(3);
        assertThat(observed().headCommit()).isEqualTo(fork);
        ManifestReader reader = new ManifestReader(new LanceDatasets(allocator));
        ManifestState state = reader.read(GraphLayout.onBranch(manifest, branch));
        assertThat(state.headCommit()).isEqualTo(commit.id());
        assertThat(state.table("node:Person")).get().satisfies(table -> {
            assertThat(table.version()).isEqualTo(2);
            assertThat(table.branch()).isEqualTo(branch);
        });
        assertThat(ManifestRecords.ofDataset(GraphLayout.onBranch(manifest, branch)))
                .extracting(ManifestRecord::toString)
                .anyMatch(row -> row.contains(commit.id()) && row.contains("\"merged_parent_commit_id\":\"MERGED\""))
                .anyMatch(row -> row.contains("graph_head:team/review") && row.contains(fork));
    }

    @Test
    void whatIsNotAsExpectedIsNotWritten() {
        GraphObservation before = cluster.observe("g");

        assertThatThrownBy(() -> publish(
                        List.of(new ManifestChange.Pin("node:Person", 3, Optional.empty(), 0, METADATA)),
                        Map.of("node:Person", 2L),
                        "X"))
                .isInstanceOf(StaleExpectationException.class)
                .hasMessageContaining("node:Person is at version 1, not at 2");
        assertThatThrownBy(() -> publish(
                        List.of(new ManifestChange.Pin("node:Person", 1, Optional.empty(), 0, METADATA)),
                        Map.of(),
                        "X"))
                .isInstanceOf(PublishConflictException.class)
                .isNotInstanceOf(StaleExpectationException.class)
                .hasMessageContaining("is published already");
        assertThatThrownBy(() -> publish(List.of(new ManifestChange.Drop("node:Nobody", 1)), Map.of(), "X"))
                .hasMessageContaining("node:Nobody is no table");
        assertThatThrownBy(() -> publish(List.of(new ManifestChange.Register("node:Person", "nodes/x")), Map.of(), "X"))
                .hasMessageContaining("a table never moves");
        assertThat(cluster.observe("g")).isEqualTo(before);
    }

    @Test
    void racingPublishersNeverLoseACommit() throws Exception {
        int writers = 4;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        List<Future<Long>> versions = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            versions.add(threads.submit(() -> publish(List.of(), Map.of(), new UlidSource().nextUlid())));
        }
        List<Long> published = new ArrayList<>();
        for (Future<Long> version : versions) {
            published.add(version.get());
        }
        threads.shutdown();

        assertThat(published).containsExactlyInAnyOrder(4L, 5L, 6L, 7L);
        assertThat(ManifestRecords.of(cluster.location("g")))
                .filteredOn(row -> row.objectType().equals("graph_commit"))
                .hasSize(1 + writers);
    }
}
