package dev.omnigraph.controlplane.app.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.fault.LostAnswerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArmedFaultPointsTest {

    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> halts = new ArrayList<>();

    @Test
    void eachPointDoesWhatItIsArmedFor() {
        FaultPoints points = arm(List.of(
                "cluster_apply.after_graph_create=error",
                "init.after_tables_written = halt",
                "cluster_apply.before_state_write=delay:250ms"));

        assertThatThrownBy(() -> points.reach(FaultPoint.CLUSTER_APPLY_AFTER_GRAPH_CREATE))
                .isInstanceOf(InjectedFaultException.class)
                .hasMessageContaining("cluster_apply.after_graph_create");
        points.reach(FaultPoint.INIT_AFTER_TABLES_WRITTEN);
        points.reach(FaultPoint.CLUSTER_APPLY_BEFORE_STATE_WRITE);
        points.reach(FaultPoint.CLUSTER_APPLY_AFTER_STATE_WRITE);

        assertThat(halts).containsExactly("halted");
        assertThat(pauses).containsExactly(Duration.ofMillis(250));
    }

    @Test
    void anAnswerIsLostAfterAnEffect() {
        FaultPoints points = arm(List.of("cluster_apply.after_graph_create=lost-answer"));

        assertThatThrownBy(() -> points.reach(FaultPoint.CLUSTER_APPLY_AFTER_GRAPH_CREATE))
                .isInstanceOf(LostAnswerException.class);
    }

    @Test
    void aPointCanBeArmedForOneTimeOnly() {
        FaultPoints points = arm(List.of("cluster_store.after_operation_write@2=halt"));

        points.reach(FaultPoint.CLUSTER_STORE_AFTER_OPERATION_WRITE);
        assertThat(halts).isEmpty();
        points.reach(FaultPoint.CLUSTER_STORE_AFTER_OPERATION_WRITE);
        points.reach(FaultPoint.CLUSTER_STORE_AFTER_OPERATION_WRITE);
        assertThat(halts).containsExactly("halted");
    }

    @Test
    void withoutEntriesNothingIsArmed() {
        assertThat(arm(List.of())).isSameAs(FaultPoints.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    cluster_apply.after_graph_create                  | is not of the form name=action
                    cluster_apply.after_nothing=error                 | there are cluster_apply.before_graph_create
                    cluster_apply.after_graph_create=explode          | none of error, halt, lost-answer and delay
                    cluster_apply.after_graph_create=delay:soon       | `soon` is no duration
                    cluster_apply.after_graph_create=delay:-1s        | negative
                    cluster_apply.before_graph_create=lost-answer     | no effect is done whose answer could be lost
                    recovery.sidecar_delete=lost-answer               | no effect is done whose answer could be lost
                    cluster_apply.after_graph_create@0=error          | `0` is no number of times
                    cluster_apply.after_graph_create@x=error          | `x` is no number of times
                    """)
    void whatCannotBeUnderstoodIsRefused(String entry, String refusal) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> arm(List.of(entry)))
                .withMessageContaining(refusal);
    }

    private FaultPoints arm(List<String> entries) {
        return ArmedFaultPoints.of(entries, pauses::add, () -> halts.add("halted"));
    }
}
