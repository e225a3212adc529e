package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every cell of the table that tells how far a table moved (graph-format.md 6.6). */
class TableMovementTest {

    /** The pin is expected at 5 and is to become 6 but where a row says otherwise. */
    @ParameterizedTest
    @CsvSource({
        // writer, format, expected, post, confirmed, head, pinned, movement
        "LOAD,           2, 5, 6,  , 4, 5, INVARIANT_VIOLATION",
        "SCHEMA_APPLY,   2, 5, 6,  , 4, 5, INVARIANT_VIOLATION",
        "BRANCH_MERGE,   2, 5, 6, 4, 4, 5, INVARIANT_VIOLATION",
        "LOAD,           2, 5, 6,  , 5, 5, NO_MOVEMENT",
        "LOAD,           2, 5, 6,  , 6, 6, NO_MOVEMENT",
        "OPTIMIZE,       2, 5, 6,  , 5, 5, NO_MOVEMENT",
        "BRANCH_MERGE,   2, 5, 6, 5, 5, 5, NO_MOVEMENT",
        "LOAD,           2, 5, 6,  , 6, 5, ROLLED_PAST_EXPECTED",
        "MUTATION,       2, 5, 6,  , 6, 5, ROLLED_PAST_EXPECTED",
        "LOAD,           1, 5, 6,  , 6, 5, ROLLED_PAST_EXPECTED",
        "LOAD,           2, 5, 7,  , 6, 5, UNEXPECTED_AT_NEXT",
        "LOAD,           2, 4, 6,  , 6, 5, UNEXPECTED_AT_NEXT",
        "MUTATION,       2, 5, 6,  , 7, 5, UNEXPECTED_MULTISTEP",
        "LOAD,           2, 5, 7,  , 7, 5, UNEXPECTED_MULTISTEP",
        "SCHEMA_APPLY,   2, 5, 6,  , 6, 5, ROLLED_PAST_EXPECTED",
        "ENSURE_INDICES, 2, 5, 6,  , 6, 5, ROLLED_PAST_EXPECTED",
        "OPTIMIZE,       2, 5, 9,  , 6, 5, ROLLED_PAST_EXPECTED",
        "ENSURE_INDICES, 2, 4, 6,  , 6, 5, UNEXPECTED_AT_NEXT",
        "OPTIMIZE,       2, 5, 6,  , 9, 5, ROLLED_PAST_EXPECTED",
        "SCHEMA_APPLY,   2, 4, 6,  , 9, 5, UNEXPECTED_MULTISTEP",
        "BRANCH_MERGE,   1, 5, 6,  , 9, 5, ROLLED_PAST_EXPECTED",
        "BRANCH_MERGE,   1, 4, 6,  , 9, 5, UNEXPECTED_MULTISTEP",
        "BRANCH_MERGE,   2, 5, 6, 6, 6, 5, ROLLED_PAST_EXPECTED",
        "BRANCH_MERGE,   2, 5, 6, 9, 9, 5, ROLLED_PAST_EXPECTED",
        "BRANCH_MERGE,   2, 5, 6, 6, 7, 5, UNEXPECTED_MULTISTEP",
        "BRANCH_MERGE,   2, 4, 6, 6, 6, 5, UNEXPECTED_MULTISTEP",
        "BRANCH_MERGE,   2, 5, 6,  , 6, 5, UNCONFIRMED",
        "BRANCH_MERGE,   2, 5, 6,  , 9, 5, UNCONFIRMED",
        "LOAD,           2, 0, 1,  , 1, 0, ROLLED_PAST_EXPECTED",
        // Versions are unsigned.
        "LOAD,           2, -2, -1,  , -1, -2, ROLLED_PAST_EXPECTED",
        "LOAD,           2, 5, 6,  , 5, -1, INVARIANT_VIOLATION"
    })
    void movementsAreClassified(
            WriterKind writer,
            long format,
            long expected,
            long post,
            Long confirmed,
            long head,
            long pinned,
            TableMovement movement) {
        RecoverySidecar.Pin pin = new RecoverySidecar.Pin(
                "node:Person",
                "/graph/nodes/1",
                expected,
                post,
                confirmed == null ? OptionalLong.empty() : OptionalLong.of(confirmed),
                Optional.empty());
        RecoverySidecar sidecar = new RecoverySidecar(
                format,
                "01M829D798E99EHKNB4MGXYZJC",
                "1",
                Optional.empty(),
                Optional.empty(),
                writer,
                List.of(pin),
                Optional.empty(),
                List.of(),
                List.of());

        assertThat(TableMovement.of(sidecar, pin, head, pinned)).isEqualTo(movement);
    }
}
