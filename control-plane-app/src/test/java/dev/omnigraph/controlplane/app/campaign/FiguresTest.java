package dev.omnigraph.controlplane.app.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Passing;
import dev.omnigraph.controlplane.fault.FaultPoint;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is told of a campaign, as it goes and in the end. */
class FiguresTest {

    @Test
    void aLineHasAllThatIsCounted() {
        Figures figures = ofAScenario("it went back");

        assertThat(figures.line()).isEqualTo("2 points, 3 passings, 2 halt, 1 halt-twice, 1 violations");
    }

    @Test
    void theWholeIsTheSumOfItsPartsAndNamesEachPointOnce() {
        Figures whole = new Figures();
        whole.add(ofAScenario("it went back"));
        whole.add(ofAScenario("it is gone"));

        assertThat(whole.line()).isEqualTo("2 points, 6 passings, 4 halt, 2 halt-twice, 2 violations");
        assertThat(whole.violations()).containsExactly("it went back", "it is gone");
    }

    private static Figures ofAScenario(String violation) {
        Figures figures = new Figures();
        figures.passed(List.of(
                new Passing(FaultPoint.CLUSTER_STORE_AFTER_STATE_WRITE, 1),
                new Passing(FaultPoint.CLUSTER_STORE_AFTER_LOCK_WRITE, 1),
                new Passing(FaultPoint.CLUSTER_STORE_AFTER_LOCK_WRITE, 2)));
        figures.ran(Fault.HALT, Set.of(), List.of());
        figures.ran(Fault.HALT, Set.of(), List.of(violation));
        figures.ran(Fault.HALT_TWICE, Set.of(), List.of());
        return figures;
    }
}
