package dev.omnigraph.controlplane.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunSummaryTest {

    private static final JsonObject RESULT =
            JsonObject.builder().put("ok", false).build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    # ok  | converged | moved | pending | cancelled | first error         | state     | outcome
                    true  | true      | false | false   | false     | -                   | succeeded | converged
                    true  | true      | true  | false   | false     | -                   | succeeded | converged
                    true  | -         | true  | false   | false     | -                   | succeeded | converged
                    true  | false     | true  | false   | false     | -                   | succeeded | partially_converged
                    true  | false     | false | false   | false     | -                   | succeeded | blocked
                    false | false     | true  | false   | false     | GRAPH_CREATE_FAILED | failed    | partially_converged
                    false | false     | false | false   | false     | GRAPH_CREATE_FAILED | failed    | failed
                    false | false     | false | true    | false     | GRAPH_CREATE_FAILED | failed    | recovery_required
                    false | true      | false | true    | false     | STATE_CAS_MISMATCH  | failed    | recovery_required
                    false | false     | false | false   | false     | STATE_LOCK_HELD     | failed    | refused
                    false | false     | false | false   | false     | PLAN_CHANGED        | failed    | refused
                    false | false     | false | false   | false     | POLICY_DENIED       | failed    | refused
                    false | false     | false | false   | false     | ACTOR_REQUIRED      | failed    | refused
                    false | -         | true  | false   | false     | STATE_LOCK_HELD     | failed    | partially_converged
                    false | -         | false | false   | false     | STORAGE_UNAVAILABLE | failed    | failed
                    true  | false     | true  | false   | true      | -                   | cancelled | cancelled
                    true  | false     | false | true    | true      | -                   | cancelled | recovery_required
                    """)
    void everyCaseHasOneOutcome(
            boolean ok,
            Boolean converged,
            boolean moved,
            boolean pending,
            boolean cancelled,
            DiagnosticCode error,
            String state,
            String outcome) {
        List<Diagnostic> findings = error == null
                ? List.of()
                : List.of(
                        Diagnostic.of(DiagnosticCode.CLUSTER_RECOVERY_PENDING, "x", "a warning comes first"),
                        Diagnostic.of(error, "y", "it went wrong"),
                        Diagnostic.of(DiagnosticCode.STATE_WRITE_ERROR, "z", "and then again"));

        OperationEnding ending =
                new RunSummary(ok, Optional.ofNullable(converged), moved, pending, cancelled, findings).ending(RESULT);

        assertThat(ending.state().wire()).isEqualTo(state);
        assertThat(ending.outcome().wire()).isEqualTo(outcome);
        assertThat(ending.problem().map(OperationProblem::code))
                .isEqualTo(Optional.ofNullable(error).map(DiagnosticCode::wire));
        assertThat(ending.result()).contains(RESULT);
    }

    @Test
    void aFailureWithoutAnErrorStillHasAProblem() {
        RunSummary summary = new RunSummary(false, Optional.empty(), false, false, false, List.of());

        assertThat(summary.ending(RESULT).problem().orElseThrow().code()).isEqualTo("internal_error");
    }
}
