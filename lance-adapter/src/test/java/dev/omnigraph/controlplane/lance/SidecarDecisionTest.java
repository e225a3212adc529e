package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.lance.SidecarDecision.SchemaProgress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every row of the table that decides how an interrupted write is ended (graph-format.md 6.6). */
class SidecarDecisionTest {

    private static final long EXPECTED = 5;

    /** Movements are separated by bars; {@code NO_MOVEMENT+} is that of a table whose pin is past the expected one. */
    @ParameterizedTest
    @CsvSource({
        // writer, schema, movements, decision
        "LOAD,         NOT_READY, INVARIANT_VIOLATION,                      ABORT",
        "LOAD,         NOT_READY, ROLLED_PAST_EXPECTED|INVARIANT_VIOLATION, ABORT",
        "SCHEMA_APPLY, READY,     NO_MOVEMENT|INVARIANT_VIOLATION,          ABORT",
        "LOAD,         NOT_READY, NO_MOVEMENT,                              ROLL_BACK",
        "LOAD,         NOT_READY, UNEXPECTED_AT_NEXT,                       ROLL_BACK",
        "LOAD,         NOT_READY, UNEXPECTED_MULTISTEP,                     ROLL_BACK",
        "BRANCH_MERGE, NOT_READY, UNCONFIRMED,                              ROLL_BACK",
        "LOAD,         NOT_READY, ROLLED_PAST_EXPECTED|NO_MOVEMENT,         ROLL_BACK",
        "LOAD,         NOT_READY, ROLLED_PAST_EXPECTED|UNEXPECTED_AT_NEXT,  ROLL_BACK",
        "LOAD,         NOT_READY, ROLLED_PAST_EXPECTED|NO_MOVEMENT+,        ROLL_BACK",
        "LOAD,         NOT_READY, NO_MOVEMENT+,                             ALREADY_PUBLISHED",
        "LOAD,         NOT_READY, NO_MOVEMENT|NO_MOVEMENT+,                 ALREADY_PUBLISHED",
        "SCHEMA_APPLY, NOT_READY, NO_MOVEMENT+|NO_MOVEMENT+,                ALREADY_PUBLISHED",
        "LOAD,         NOT_READY, UNEXPECTED_AT_NEXT|NO_MOVEMENT+,          ROLL_BACK",
        "LOAD,         NOT_READY, ROLLED_PAST_EXPECTED,                     ROLL_FORWARD",
        "BRANCH_MERGE, NOT_READY, ROLLED_PAST_EXPECTED,                     ROLL_FORWARD",
        "OPTIMIZE,     NOT_READY, ROLLED_PAST_EXPECTED|ROLLED_PAST_EXPECTED, ROLL_FORWARD",
        "LOAD,         NOT_READY, ,                                         ROLL_FORWARD",
        "SCHEMA_APPLY, READY,     ROLLED_PAST_EXPECTED,                     ROLL_FORWARD",
        "SCHEMA_APPLY, NOT_READY, ROLLED_PAST_EXPECTED,                     ROLL_BACK",
        "SCHEMA_APPLY, PUBLISHED, ROLLED_PAST_EXPECTED,                     ROLL_BACK",
        "SCHEMA_APPLY, READY,     ,                                         ROLL_FORWARD",
        "SCHEMA_APPLY, NOT_READY, ,                                         ROLL_BACK",
        "SCHEMA_APPLY, PUBLISHED, ,                                         ALREADY_PUBLISHED",
        "SCHEMA_APPLY, READY,     ROLLED_PAST_EXPECTED|NO_MOVEMENT,         ROLL_BACK"
    })
    void endingsAreDecided(WriterKind writer, SchemaProgress schema, String movements, SidecarDecision decision) {
        List<SidecarDecision.Table> tables = movements == null
                ? List.of()
                : Arrays.stream(movements.split("\\|", -1))
                        .map(SidecarDecisionTest::table)
                        .toList();

        assertThat(SidecarDecision.of(writer, tables, schema)).isEqualTo(decision);
    }

    /** Only a schema apply depends on what became of its schema. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SCHEMA_APPLY")
    void theSchemaDecidesNothingForOtherWriters(WriterKind writer) {
        List<SidecarDecision.Table> moved = List.of(table("ROLLED_PAST_EXPECTED"));

        assertThat(SchemaProgress.values())
                .extracting(schema -> SidecarDecision.of(writer, moved, schema))
                .containsOnly(SidecarDecision.ROLL_FORWARD);
    }

    private static SidecarDecision.Table table(String movement) {
        boolean advanced = movement.endsWith("+");
        RecoverySidecar.Pin pin = new RecoverySidecar.Pin(
                "node:Person", "/graph/nodes/1", EXPECTED, EXPECTED + 1, OptionalLong.empty(), Optional.empty());
        return new SidecarDecision.Table(
                pin, TableMovement.valueOf(movement.replace("+", "")), advanced ? EXPECTED + 1 : EXPECTED);
    }
}
