package dev.omnigraph.controlplane.app.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No fault point is added without a command of the campaign that comes to it. */
class PassedPointsTest {

    @Test
    void everyPointIsPassedByAScenarioOrHasAReason(@TempDir Path work) throws IOException {
        Figures figures = new Figures();
        PrintStream silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Campaign campaign = new Campaign(work, Campaign.Deaths.AS_COPIES, figures, silence);

        for (Scenario scenario : new Scenarios(work.resolve("bases")).all()) {
            campaign.run(scenario, EnumSet.noneOf(Fault.class), passing -> false);
        }

        assertThat(figures.violations()).isEmpty();
        assertThat(Unpassed.unexplained(figures.points())).isEmpty();
    }
}
