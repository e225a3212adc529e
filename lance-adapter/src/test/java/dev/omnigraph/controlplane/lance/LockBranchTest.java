package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.SchemaLock;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock of a schema apply on a real manifest (graph-format.md 3.8 and 7.4). */
class LockBranchTest {

    private static final long FRESH = 3;

    @TempDir
    Path folder;

    /** Where the graph is to lie. */
    TestStorage storage() {
        return new TestFolder(folder);
    }

    private TestCluster cluster;
    private RootAllocator allocator;
    private DurableTree durable;
    private LockBranch lock;
    private DatasetLocation manifest;

    @BeforeEach
    void createGraph() {
        cluster = new TestCluster(storage());
        cluster.create("g", TestCluster.SCHEMA);
        manifest = cluster.location("g").resolve(GraphLayout.MANIFEST);
        allocator = LanceRuntime.start();
        durable = new DurableTree();
        lock = new LockBranch(new LanceDatasets(allocator), durable);
    }

    @AfterEach
    void close() {
        durable.close();
        allocator.close();
        cluster.close();
    }

    @Test
    void aLockTellsWhenAndOnWhichVersionItWasMadeAndMainStaysAsItWas() throws Exception {
        GraphObservation.Opened before = (GraphObservation.Opened) cluster.observe("g");
        Instant notBefore = Instant.now().truncatedTo(ChronoUnit.SECONDS);

        SchemaLock made = lock.create(manifest, FRESH);

        assertThat(made.manifestVersion()).isEqualTo(FRESH);
        assertThat(made.createdAt()).isBetween(notBefore, Instant.now());
        assertThat(lock.find(manifest)).contains(made);
        assertThat(cluster.observe("g")).isInstanceOfSatisfying(GraphObservation.Opened.class, opened -> {
            assertThat(opened.branches()).containsExactly(GraphLayout.LOCK_BRANCH);
            assertThat(opened.manifestVersion()).isEqualTo(FRESH);
        });

        lock.delete(manifest);

        assertThat(lock.find(manifest)).isEmpty();
        assertThat(cluster.observe("g")).isEqualTo(before);
        lock.delete(manifest);
        assertThat(lock.create(manifest, FRESH).manifestVersion()).isEqualTo(FRESH);
    }

    @Test
    void whatAMakerThatDiedHalfWayLeftIsFoundKeepsOthersOutAndCanBeRemoved() throws Exception {
        SchemaLock made = lock.create(manifest, FRESH);
        manifest.resolve("_refs").remove();

        assertThat(lock.find(manifest)).get().satisfies(found -> {
            assertThat(found.manifestVersion()).isEqualTo(FRESH);
            assertThat(found.createdAt()).isBetween(made.createdAt().minusSeconds(1), Instant.now());
        });
        assertThatThrownBy(() -> lock.create(manifest, FRESH)).isInstanceOf(LanceException.class);

        lock.delete(manifest);

        assertThat(lock.find(manifest)).isEmpty();
        assertThat(lock.create(manifest, FRESH).manifestVersion()).isEqualTo(FRESH);
    }

    @Test
    void ofRacingMakersOneGetsIt() throws Exception {
        int makers = 4;
        ExecutorService threads = Executors.newFixedThreadPool(makers);
        List<Callable<SchemaLock>> calls = new ArrayList<>();
        for (int maker = 0; maker < makers; maker++) {
            calls.add(() -> lock.create(manifest, FRESH));
        }
        long won =
                threads.invokeAll(calls).stream().filter(LockBranchTest::isDone).count();
        threads.shutdown();

        assertThat(won).isEqualTo(1);
        assertThat(lock.find(manifest)).isPresent();
    }

    private static boolean isDone(Future<SchemaLock> maker) {
        try {
            return maker.get().manifestVersion() == FRESH;
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(LanceException.class);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
