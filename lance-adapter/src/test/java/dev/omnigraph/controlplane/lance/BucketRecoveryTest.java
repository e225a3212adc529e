package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.fault.FaultPoints;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What dying writers left in a bucket is ended as in a folder, to the same graph. */
class BucketRecoveryTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final EmbeddedStorage bucket = new EmbeddedStorage();

    @ParameterizedTest
    @EnumSource
    void anInterruptedWriteEndsAsInAFolder(InterruptedState state) throws Exception {
        RecoveredGraphView inFolder = recovered(state, new TestFolder(folder));
        RecoveredGraphView inBucket = recovered(state, bucket.storage());

        inBucket.assertEqualTo(inFolder);
    }

    private static RecoveredGraphView recovered(InterruptedState state, TestStorage storage) throws Exception {
        DatasetLocation root = state.make(storage);
        try (TestRecovery recovery = new TestRecovery(storage, FaultPoints.NONE)) {
            RecoveryOutcome outcome = recovery.recover(InterruptedGraph.NAME);
            assertThat(outcome).isInstanceOf(RecoveryOutcome.Recovered.class);
            assertThat(((RecoveryOutcome.Recovered) outcome).writes())
                    .extracting(RecoveredWrite::ending)
                    .containsOnly(state.ending());
        }
        return RecoveredGraphView.of(root);
    }
}
