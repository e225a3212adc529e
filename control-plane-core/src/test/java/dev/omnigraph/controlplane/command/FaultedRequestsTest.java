package dev.omnigraph.controlplane.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A slice of the campaign; each command is in it, and each fault that is not waited for. */
class FaultedRequestsTest {

    /** A prime above the number of faults, so that each of them comes to its turn. */
    private static final int STEP = 67;

    static List<FaultScenario> scenarios() {
        return FaultScenario.all();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void oneFaultIsGotOver(FaultScenario scenario) {
        FaultedRequests slice = new FaultedRequests(line -> {});
        slice.run(scenario, FaultedRequests.QUICK, STEP);

        assertThat(slice.violations()).isEmpty();
        assertThat(slice.runs()).isPositive();
    }
}
