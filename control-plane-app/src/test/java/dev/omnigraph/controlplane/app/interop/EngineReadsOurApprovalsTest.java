package dev.omnigraph.controlplane.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.replay.TestCluster;
import dev.omnigraph.controlplane.approval.ApprovalState;
import dev.omnigraph.controlplane.command.ApprovalView;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.testing.EngineProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine's own tool makes of decisions that were taken with this service. */
class EngineReadsOurApprovalsTest {

    private static final String SCRATCH = "graph.scratch";

    private final EngineProgram engine = EngineProgram.require();

    @Test
    void aRevokedApprovalIsTakenAsUsedAndAnotherIsUsed(@TempDir Path temporary) throws IOException {
        try (TestCluster cluster = TestCluster.ofRecording(temporary, "graph-delete")) {
            cluster.converge();
            cluster.writeAsRecorded("graph-delete", 3);
            String revoked = approve(cluster);
            assertThat(cluster.revoke(revoked).ok()).isTrue();

            assertThat(run(cluster, "plan")).contains("\"satisfied\": false");
            assertThat(run(cluster, "apply")).contains("\"converged\": false");
            assertThat(cluster.folder().resolve("graphs/scratch.omni")).isDirectory();
            assertThat(cluster.status().ledger().approvalRecords()).isEmpty();

            String used = approve(cluster);
            assertThat(run(cluster, "apply")).contains("\"converged\": true");
            Ledger ledger = cluster.status().ledger();
            assertThat(ledger.resources()).doesNotContainKey(ResourceAddress.parse(SCRATCH));
            assertThat(ledger.approvalRecords()).containsOnlyKeys(used);
            List<ApprovalView> newestFirst = cluster.approvals();
            assertThat(newestFirst)
                    .extracting(ApprovalView::state)
                    .containsExactly(ApprovalState.CONSUMED, ApprovalState.REVOKED);
        }
    }

    private static String approve(TestCluster cluster) {
        return cluster.approve(SCRATCH, "carol").decided().orElseThrow().approvalId();
    }

    private String run(TestCluster cluster, String command) {
        String folder = cluster.folder().toString();
        EngineProgram.Run run =
                engine.run(cluster.folder(), "cluster", command, "--config", folder, "--as", "bob", "--json");
        assertThat(run.exit()).as(run.output() + run.errors()).isZero();
        return run.output();
    }
}
