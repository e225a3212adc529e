package dev.omnigraph.controlplane.app.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.fault.FaultPoint;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slice of {@code ./campaign}, the same one in every build. */
class CampaignTest {

    /** Deaths of processes. */
    private static final Map<String, FaultPoint> HALTS = Map.of(
            "create", FaultPoint.INIT_AFTER_MANIFEST_ROWS_WRITTEN,
            "delete", FaultPoint.CLUSTER_STORE_AFTER_STATE_WRITE,
            "schema-apply-undone", FaultPoint.RECOVERY_AFTER_AUDIT);

    /** Deaths as copies, and lost answers. */
    private static final Map<String, FaultPoint> DISTURBANCES = Map.of(
            "import", FaultPoint.CLUSTER_STORE_AFTER_STATE_WRITE,
            "catalog-apply", FaultPoint.CLUSTER_STORE_AFTER_HISTORY_WRITE,
            "approve", FaultPoint.CLUSTER_STORE_AFTER_DECISION_WRITE,
            "revoke", FaultPoint.CLUSTER_STORE_AFTER_RESERVATION_WRITE,
            "force-unlock", FaultPoint.CLUSTER_STORE_AFTER_LOCK_DELETE,
            "sweep-of-a-delete", FaultPoint.CLUSTER_STORE_AFTER_GRAPH_MOVE);

    @TempDir
    Path work;

    private final Figures figures = new Figures();
    private final PrintStream silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    @Test
    void whatDiesAtChosenPointsRecovers() throws IOException {
        run(Campaign.Deaths.OF_PROCESSES, HALTS, EnumSet.of(Fault.HALT, Fault.HALT_TWICE));
        run(Campaign.Deaths.AS_COPIES, DISTURBANCES, EnumSet.of(Fault.HALT, Fault.LOST_ANSWER));

        assertThat(figures.violations()).isEmpty();
        assertThat(figures.runs()).isGreaterThanOrEqualTo(12);
    }

    private void run(Campaign.Deaths deaths, Map<String, FaultPoint> points, Set<Fault> faults) throws IOException {
        Campaign campaign = new Campaign(work, deaths, figures, silence);
        for (Scenario scenario : new Scenarios(work.resolve("bases")).all()) {
            FaultPoint point = points.get(scenario.name());
            if (point != null) {
                campaign.run(scenario, faults, passing -> passing.equals(new Passing(point, 1)));
            }
        }
    }
}
