package dev.omnigraph.controlplane.app.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.omnigraph.controlplane.command.ApplyOutput;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.s3.EmbeddedS3;
import dev.omnigraph.controlplane.storage.s3.ServerFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An approved graph goes from a bucket, where nothing can be moved aside: what it opens by first, as it was compared. */
class BucketDeleteTest {

    private static final String SCENARIO = "graph-delete";
    private static final String ROOT = StorageRoot.graphKey("scratch").path();
    private static final String SCRATCH = ROOT + "/";
    private static final String SCHEMA = SCRATCH + "_schema.pg";
    private static final String MANIFEST = SCRATCH + "__manifest/";

    @TempDir
    Path temporary;

    private final EmbeddedS3 server = new EmbeddedS3();
    private ReplayBucket storage;

    /** The death of a process. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    @BeforeEach
    void approveTheDelete() throws IOException {
        Path folder = Files.createDirectory(temporary.toRealPath().resolve("cluster"));
        storage = ReplayBucket.in(server, "cluster", folder);
        TestCluster.writeStep(folder, SCENARIO, 0);
        try (TestCluster cluster = storage.open(FaultPoints.NONE)) {
            cluster.converge();
            cluster.writeAsRecorded(SCENARIO, 3);
        }
        approve();
    }

    @AfterEach
    void close() {
        storage.close();
        server.close();
    }

    @Test
    void theSchemaAndTheManifestGoFirstOneByOne() throws IOException {
        int manifestObjects = storage.files(SCRATCH + "__manifest").size();
        List<String> removals = Collections.synchronizedList(new ArrayList<>());
        server.disturb((method, key) -> {
            if (method.equals("POST") || (method.equals("DELETE") && key.contains(SCRATCH))) {
                removals.add(key);
            }
            return ServerFault.NONE;
        });

        assertThat(apply().converged()).isTrue();

        assertThat(storage.files(ROOT)).isEmpty();
        assertThat(removals.get(0)).endsWith(SCHEMA);
        assertThat(removals.subList(1, 1 + manifestObjects)).allMatch(key -> key.contains(MANIFEST));
        assertThat(removals.subList(1 + manifestObjects, removals.size())).containsOnly("");
    }

    @Test
    void whatIsWrittenBetweenTheComparisonAndTheRemovalStopsIt() throws IOException {
        server.disturb((method, key) -> {
            if (method.equals("DELETE") && key.endsWith(SCHEMA)) {
                server.put(key, "node Other { name: String @key }".getBytes(StandardCharsets.UTF_8));
            }
            return ServerFault.NONE;
        });

        ApplyOutput output = apply();

        assertThat(output.ok()).isFalse();
        assertThat(storage.read(SCHEMA)).contains("node Other { name: String @key }");
        assertThat(storage.files(SCRATCH + "__manifest")).isNotEmpty();
    }

    @Test
    void aDeathBeforeAnythingWentIsResumedAsApproved() throws IOException {
        dieAt(FaultPoint.CLUSTER_APPLY_AFTER_REMOVAL_STARTED);

        assertThat(apply().converged()).isTrue();
        assertThat(storage.files(ROOT)).isEmpty();
    }

    /** What is left is not what was approved, and a person has to say so again. */
    @Test
    void aWriteInTheMiddleOfTheRemovalNeedsAnotherApproval() throws IOException {
        int[] deletions = {0};
        server.disturb((method, key) -> {
            if (method.equals("DELETE") && key.contains(MANIFEST) && ++deletions[0] == 3) {
                server.put(key, new byte[] {1});
            }
            return ServerFault.NONE;
        });
        assertThat(apply().ok()).isFalse();
        assertThat(storage.read(SCHEMA)).isEmpty();
        int left = storage.files(SCRATCH + "__manifest").size();

        ApplyOutput next = apply();
        assertThat(next.converged()).isFalse();
        assertThat(storage.files(SCRATCH + "__manifest")).hasSize(left);

        approve();
        assertThat(apply().converged()).isTrue();
        assertThat(storage.files(ROOT)).isEmpty();
    }

    private ApplyOutput apply() {
        try (TestCluster cluster = storage.open(FaultPoints.NONE)) {
            return cluster.apply(Optional.of("alice"));
        }
    }

    private void dieAt(FaultPoint armed) {
        try (TestCluster dying = storage.open(point -> {
            if (point == armed) {
                throw new Death();
            }
        })) {
            assertThat(catchThrowable(() -> dying.apply(Optional.of("alice")))).isInstanceOf(Death.class);
        }
    }

    private void approve() {
        try (TestCluster cluster = storage.open(FaultPoints.NONE)) {
            assertThat(cluster.approve("graph.scratch", "carol").ok()).isTrue();
        }
    }
}
