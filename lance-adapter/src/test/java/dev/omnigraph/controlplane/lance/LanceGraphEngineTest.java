package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.GraphCreation;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.GraphRoot;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanceGraphEngineTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two words",
                " leading",
                "trailing ",
                "ha#sh",
                "per%20cent",
                "question?",
                "{braces}[brackets]",
                "~",
                "a:b",
                "back\\slash",
                "quote\"'",
                "star*",
                "plus+&=;,@!$()^`|<>",
                "\u00fcmlaut-\u2713-\ud83d\ude00"
            })
    void anyStorageRootWorks(String name) {
        Path root = folder.resolve(name);
        try (TestCluster cluster = new TestCluster(root)) {
            assertThat(cluster.create("people", TestCluster.SCHEMA)).isEqualTo(TestCluster.CREATED);

            assertThat(cluster.observe("people")).isInstanceOf(GraphObservation.Opened.class);
            assertThat(cluster.folders("people")).contains("__manifest/_versions");
            assertThat(folder).isDirectoryContaining(path -> path.equals(root));
        }
    }

    @Test
    void aPathThatLanceWouldChangeIsRefused() {
        try (TestCluster cluster = new TestCluster(folder.resolve("two\nlines"))) {
            assertThat(cluster.create("people", TestCluster.SCHEMA))
                    .isInstanceOfSatisfying(
                            GraphCreation.Refused.class,
                            refused -> assertThat(refused.reason()).contains("control characters"));
            assertThat(folder).isEmptyDirectory();
        }
    }

    /** Lance resolves the dots as text, the file system does not: both have to mean the same place. */
    @Test
    void aStorageRootMayGoUpBehindASymbolicLink() throws Exception {
        Files.createDirectories(folder.resolve("disk/deep"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("disk/deep"));
        try (TestCluster cluster = new TestCluster(folder.resolve("link/../store"))) {
            assertThat(cluster.create("people", TestCluster.SCHEMA)).isEqualTo(TestCluster.CREATED);

            assertThat(folder.resolve("disk/store/graphs/people.omni/__manifest"))
                    .isDirectory();
            assertThat(cluster.observe("people")).isInstanceOf(GraphObservation.Opened.class);
        }
    }

    @Test
    void aRootOutsideTheStoreIsADefectOfTheCaller() {
        try (TestCluster cluster = new TestCluster(folder.resolve("store"))) {
            GraphRoot elsewhere = new GraphRoot(folder + "/store2/graphs/people.omni");

            assertThatThrownBy(() -> cluster.engine().observe(elsewhere))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not below the storage root");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EXISTS, people.omni",
        "GET,    _schema.pg",
        "GET,    _schema.ir.json",
        "GET,    __schema_state.json",
    })
    void aStorageThatDoesNotAnswerIsNoBrokenGraph(StoreCall call, String name) {
        try (TestCluster cluster = new TestCluster(folder)) {
            cluster.create("people", TestCluster.SCHEMA);
        }
        UncertainStore store = new UncertainStore(new FolderObjectStore(folder), call, name);
        try (TestCluster cluster = new TestCluster(folder, store, FaultPoints.NONE)) {
            assertThat(cluster.observe("people"))
                    .isInstanceOfSatisfying(
                            GraphObservation.Unknown.class,
                            unknown -> assertThat(unknown.reason()).contains(UncertainStore.REASON));
        }
    }

    @Test
    void aClosedEngineSaysSo() {
        TestCluster cluster = new TestCluster(folder);
        cluster.close();

        assertThatThrownBy(() -> cluster.observe("people"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        cluster.close();
    }

    @Test
    void closingWaitsForCalls() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            CountDownLatch claimed = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            TestCluster cluster = new TestCluster(folder);
            Future<GraphCreation> creation = threads.submit(
                    () -> cluster.engine().create(cluster.root("people"), TestCluster.SCHEMA, "claimant", () -> {
                        claimed.countDown();
                        await(goOn);
                    }));
            await(claimed);
            Future<?> closing = threads.submit(cluster::close);

            assertThat(closing.isDone()).isFalse();
            goOn.countDown();

            assertThat(creation.get()).isEqualTo(TestCluster.CREATED);
            closing.get();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
