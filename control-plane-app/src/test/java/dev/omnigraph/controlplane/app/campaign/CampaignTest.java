package dev.omnigraph.controlplane.app.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Passing;
import dev.omnigraph.controlplane.fault.FaultPoint;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slice of {@code ./campaign}, the same one in every build: every command undisturbed, and some deaths and disturbances. */
class CampaignTest {

    /** Deaths of a process, and once more while it recovers. */
    private static final Map<String, FaultPoint> HALTS =
            Map.of("delete-by-a-second-person", FaultPoint.CLUSTER_STORE_AFTER_STATE_WRITE);

    /** Deaths as copies, and lost answers. */
    private static final Map<String, FaultPoint> DISTURBANCES = Map.of(
            "import", FaultPoint.CLUSTER_STORE_AFTER_STATE_WRITE,
            "catalog-apply", FaultPoint.CLUSTER_STORE_AFTER_HISTORY_WRITE,
            "create", FaultPoint.INIT_AFTER_MANIFEST_ROWS_WRITTEN,
            "hard-drop", FaultPoint.SCHEMA_APPLY_AFTER_TABLE_WRITE,
            "approve", FaultPoint.CLUSTER_STORE_AFTER_DECISION_WRITE,
            "revoke", FaultPoint.CLUSTER_STORE_AFTER_RESERVATION_WRITE,
            "force-unlock", FaultPoint.CLUSTER_STORE_AFTER_LOCK_DELETE,
            "sweep-of-a-delete", FaultPoint.CLUSTER_STORE_AFTER_GRAPH_MOVE,
            "schema-apply-undone", FaultPoint.RECOVERY_AFTER_AUDIT);

    @TempDir
    Path work;

    private final Figures figures = new Figures();
    private final PrintStream silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    @Test
    void everyCommandComesToItsEndAndRecoversAndNoPointIsForgotten() throws IOException {
        Campaign ofProcesses = new Campaign(work, Campaign.Deaths.OF_PROCESSES, figures, silence);
        Campaign asCopies = new Campaign(work, Campaign.Deaths.AS_COPIES, figures, silence);
        for (Scenario scenario : new Scenarios(work.resolve("bases")).all()) {
            if (HALTS.containsKey(scenario.name())) {
                ofProcesses.run(
                        scenario, EnumSet.of(Fault.HALT, Fault.HALT_TWICE), firstAt(HALTS.get(scenario.name())));
            } else if (DISTURBANCES.containsKey(scenario.name())) {
                asCopies.run(
                        scenario,
                        EnumSet.of(Fault.HALT, Fault.HALT_TWICE, Fault.LOST_ANSWER),
                        firstAt(DISTURBANCES.get(scenario.name())));
            } else {
                asCopies.run(scenario, EnumSet.noneOf(Fault.class), passing -> false);
            }
        }

        assertThat(figures.violations()).isEmpty();
        assertThat(figures.runs()).isGreaterThanOrEqualTo(2 * (HALTS.size() + DISTURBANCES.size()));
        assertThat(Unpassed.unexplained(figures.points())).isEmpty();
    }

    private static Predicate<Passing> firstAt(FaultPoint point) {
        return passing -> passing.equals(new Passing(point, 1));
    }
}
