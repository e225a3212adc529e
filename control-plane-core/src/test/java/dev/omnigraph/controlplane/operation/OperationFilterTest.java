package dev.omnigraph.controlplane.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationFilterTest {

    private static final Instant SUBMITTED = Instant.parse("2026-11-25T12:00:00Z");
    private static final OperationRecord SUCCEEDED = OperationRecord.queued(new OperationSubmission(
                    "01KB3Q4ZJ2W7T5N8R6M1X9C0VD",
                    "apply",
                    Optional.of("alice"),
                    new OperationOwner("node-a", "node-a.local", SUBMITTED),
                    SUBMITTED,
                    Optional.empty(),
                    Optional.empty()))
            .started(SUBMITTED)
            .ended(
                    SUBMITTED,
                    new OperationEnding(
                            OperationState.SUCCEEDED,
                            OperationOutcome.CONVERGED,
                            Optional.of(true),
                            Optional.empty(),
                            Optional.empty()));

    @ParameterizedTest
    @CsvSource({
        "state,succeeded,true",
        "state,failed,false",
        "command,apply,true",
        "command,refresh,false",
        "actor,alice,true",
        "actor,bob,false",
        "outcome,converged,true",
        "outcome,blocked,false",
        "since,2026-11-25T12:00:00Z,true",
        "since,2026-11-25T12:00:00.001Z,false",
        "until,2026-11-25T12:00:00.001Z,true",
        "until,2026-11-25T12:00:00Z,false"
    })
    void eachPartDecidesAlone(String part, String value, boolean admitted) {
        assertThat(only(part, value).admits(SUCCEEDED)).isEqualTo(admitted);
    }

    @Test
    void whatHasNotEndedHasNoOutcomeAndWhoIsUnknownIsNobody() {
        OperationRecord anonymous = OperationRecord.queued(new OperationSubmission(
                "01KB3Q4ZJ2W7T5N8R6M1X9C0VD",
                "apply",
                Optional.empty(),
                new OperationOwner("node-a", "node-a.local", SUBMITTED),
                SUBMITTED,
                Optional.empty(),
                Optional.empty()));

        assertThat(OperationFilter.all().admits(anonymous)).isTrue();
        assertThat(only("actor", "alice").admits(anonymous)).isFalse();
        assertThat(only("outcome", "converged").admits(anonymous)).isFalse();
    }

    private static OperationFilter only(String part, String value) {
        return new OperationFilter(
                part.equals("state") ? OperationState.named(value) : Optional.empty(),
                part.equals("command") ? Optional.of(value) : Optional.empty(),
                part.equals("actor") ? Optional.of(value) : Optional.empty(),
                part.equals("outcome") ? OperationOutcome.named(value) : Optional.empty(),
                part.equals("since") ? Optional.of(Instant.parse(value)) : Optional.empty(),
                part.equals("until") ? Optional.of(Instant.parse(value)) : Optional.empty());
    }
}
