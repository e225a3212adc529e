package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A recovery that is stopped between any two of its durable effects: the next one ends as if nothing had happened. */
class RecoveryCrashTest {

    /** Those that a recovery passes, and those of the publish and the promotion inside it. */
    private static final Set<FaultPoint> POINTS = EnumSet.of(
            FaultPoint.RECOVERY_SIDECAR_LIST,
            FaultPoint.RECOVERY_BEFORE_ROLL_FORWARD_PUBLISH,
            FaultPoint.GRAPH_PUBLISH_BEFORE_COMMIT_APPEND,
            FaultPoint.GRAPH_PUBLISH_AFTER_MANIFEST_COMMIT,
            FaultPoint.SCHEMA_APPLY_AFTER_PROMOTED_FILE,
            FaultPoint.RECOVERY_RECORD_AUDIT,
            FaultPoint.RECOVERY_ORPHAN_DISCARD_AUDIT_APPEND,
            FaultPoint.RECOVERY_SIDECAR_DELETE);

    private static final Set<FaultPoint> PASSED = EnumSet.noneOf(FaultPoint.class);

    @TempDir
    Path folder;

    /** What must not depend on whether it was stopped. */
    private record End(Map<String, String> files, Map<String, List<String>> rows) {

        static End of(Path root) throws Exception {
            RecoveredGraphView view = RecoveredGraphView.of(new FolderLocation(root));
            return new End(view.files(), view.rows());
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "LOAD_AFTER_ONE_TABLE",
                "LOAD_AFTER_ALL_TABLES",
                "LOAD_AFTER_ITS_PUBLISH",
                "OPTIMIZE_AFTER_ONE_OF_TWO",
                "MERGE_CONFIRMED",
                "BRANCH_LOAD_AFTER_ONE_TABLE",
                "BRANCH_LOAD_WHOSE_BRANCH_IS_GONE",
                "APPLY_AFTER_ITS_STAGING",
                "APPLY_OF_A_DESCRIPTION_AFTER_ITS_STAGING"
            })
    void theNextRecoveryEndsAnInterruptedWriteAllTheSame(InterruptedState state) throws Exception {
        stopEverywhere(state.make(folder));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apply-v3-stopped-before-staging-write",
                "apply-v3-stopped-after-staging-write",
                "apply-v3-stopped-after-manifest-commit"
            })
    void theNextRecoveryEndsWhatTheEngineLeftAllTheSame(String recorded) throws Exception {
        Path root = folder.resolve(InterruptedGraph.NAME);
        GoldenGraphs.copy(recorded, root);
        stopEverywhere(root);
    }

    private void stopEverywhere(Path interrupted) throws Exception {
        List<FaultPoint> passed = new ArrayList<>();
        End end = new End(Map.of(), Map.of());
        for (int stop = 0; stop <= passed.size(); stop++) {
            Path copy = folder.resolve("copy" + stop).resolve(InterruptedGraph.NAME);
            TestFolders.copyGraph(interrupted, copy);
            if (stop == 0) {
                recover(copy, passed::add);
                passed.retainAll(POINTS);
                end = End.of(copy);
            } else {
                stop(copy, passed, stop);
                assertThat(End.of(copy))
                        .as("stopped at %s, %d", passed.get(stop - 1), stop)
                        .isEqualTo(end);
            }
        }
        PASSED.addAll(passed);
        assertThat(passed).contains(FaultPoint.RECOVERY_SIDECAR_LIST, FaultPoint.RECOVERY_SIDECAR_DELETE);
    }

    /** Recovers twice, the first time only until the n-th point. */
    private void stop(Path copy, List<FaultPoint> passed, int place) {
        FaultPoint point = passed.get(place - 1);
        int[] reached = new int[1];
        RecoveryOutcome first = recover(copy, reaching -> {
            if (POINTS.contains(reaching) && ++reached[0] == place) {
                throw new InjectedFaultException(reaching);
            }
        });
        assertThat(first)
                .isInstanceOfSatisfying(
                        RecoveryOutcome.Failed.class,
                        failed -> assertThat(failed.reason()).contains(point.wire()));

        assertThat(recover(copy, FaultPoints.NONE))
                .isInstanceOfSatisfying(
                        RecoveryOutcome.Recovered.class,
                        recovered -> assertThat(recovered.isComplete()).isTrue());
    }

    private RecoveryOutcome recover(Path copy, FaultPoints faultPoints) {
        try (TestRecovery recovery = new TestRecovery(folder, faultPoints)) {
            return recovery.recover(folder.relativize(copy).toString());
        }
    }

    @AfterAll
    static void everyPointWasAPlaceToStop() {
        assertThat(PASSED).isEqualTo(POINTS);
    }
}
