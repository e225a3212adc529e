package dev.omnigraph.controlplane.app.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.fault.FaultedGraphRequests.Kind;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slice of the campaign: each command, with a few of its requests and of what can go wrong with them. */
class FaultedGraphRequestsTest {

    @TempDir
    Path work;

    private FaultedGraphRequests slice;

    @BeforeEach
    void begin() throws IOException {
        slice = new FaultedGraphRequests(work.toRealPath(), line -> {});
    }

    @Test
    void oneFaultIsToldTrulyOrGotOver() {
        slice.runAll(Kind.once(), 307);

        assertThat(slice.violations()).isEmpty();
        assertThat(slice.runs()).isGreaterThanOrEqualTo(GraphScenario.all().size());
    }

    @Test
    void aFaultThatLastsIsToldTruly() {
        slice.runAll(Kind.lasting(), 1009);

        assertThat(slice.violations()).isEmpty();
        assertThat(slice.runs()).isPositive();
    }
}
