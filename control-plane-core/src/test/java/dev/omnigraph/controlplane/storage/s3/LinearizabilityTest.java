package dev.omnigraph.controlplane.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checker takes what a single machine could have done, and nothing else. A row is one line of a history. */
class LinearizabilityTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                // One after the other.
                "l WRITE_IF_ABSENT 1 2 - a DONE; l READ 3 4 - a DONE; l DELETE_IF_MATCH 5 6 a - DONE; l READ 7 8 - - DONE",
                // Of two at the same time one loses.
                "l WRITE_IF_ABSENT 1 9 - a DONE; l WRITE_IF_ABSENT 1 9 - b LOST",
                // The loser ended first; the winner's write came before.
                "l WRITE_IF_ABSENT 1 9 - a DONE; l WRITE_IF_ABSENT 2 3 - b LOST",
                // What has no answer was done,
                "l WRITE_IF_ABSENT 1 2 - a UNKNOWN; l READ 3 4 - a DONE",
                // or not,
                "l WRITE_IF_ABSENT 1 2 - a UNKNOWN; l READ 3 4 - - DONE",
                // or late.
                "l WRITE_IF_ABSENT 1 2 - a UNKNOWN; l READ 3 4 - - DONE; l READ 5 6 - a DONE",
                // A read at the time of a write sees either.
                "r WRITE_IF_ABSENT 1 2 - a DONE; r WRITE_IF_MATCH 3 9 a b DONE; r READ 4 5 - a DONE; r READ 6 7 - b DONE",
                // The order of the three writes is not the one in which they began.
                "r WRITE_IF_MATCH 3 9 b c DONE; r WRITE_IF_MATCH 4 9 a b DONE; r WRITE_IF_ABSENT 5 9 - a DONE",
                // Who deletes what is gone has what it wants.
                "l WRITE_IF_ABSENT 1 2 - a DONE; l DELETE_IF_MATCH 3 4 a - DONE; l DELETE_IF_MATCH 5 6 a - DONE",
                // Objects do not matter to each other.
                "l WRITE_IF_ABSENT 1 2 - a DONE; m WRITE_IF_ABSENT 3 4 - b DONE; l READ 5 6 - a DONE"
            })
    void whatOneMachineCouldHaveDoneIsTaken(String history) {
        assertThat(Linearizability.violations(parsed(history))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Two have the lock.
                "l WRITE_IF_ABSENT 1 9 - a DONE; l WRITE_IF_ABSENT 1 9 - b DONE",
                // It was given back only later.
                "l WRITE_IF_ABSENT 1 2 - a DONE; l WRITE_IF_ABSENT 3 4 - b DONE; l DELETE_IF_MATCH 5 6 a - DONE",
                // Somebody lost against nobody.
                "l WRITE_IF_ABSENT 1 2 - a LOST",
                // Both replaced the same value: an update is lost.
                "r WRITE_IF_ABSENT 1 2 - a DONE; r WRITE_IF_MATCH 3 9 a b DONE; r WRITE_IF_MATCH 3 9 a c DONE",
                // A write that was done is nowhere.
                "r WRITE_IF_ABSENT 1 2 - a DONE; r WRITE_IF_MATCH 3 4 a b DONE; r READ 5 6 - a DONE",
                // A write that was lost was done.
                "r WRITE_IF_ABSENT 1 2 - a DONE; r WRITE_IF_MATCH 3 4 a b LOST; r READ 5 6 - b DONE",
                // A write lost, and nobody had written.
                "r WRITE_IF_ABSENT 1 2 - a DONE; r WRITE_IF_MATCH 3 4 a b LOST; r WRITE_IF_MATCH 5 6 a c DONE",
                // A value comes from nowhere,
                "r WRITE_IF_ABSENT 1 2 - a DONE; r READ 3 4 - x DONE",
                // before it was written,
                "r READ 1 2 - a DONE; r WRITE_IF_ABSENT 3 4 - a DONE",
                // and comes back.
                "r WRITE_IF_ABSENT 1 2 - a DONE; r WRITE_IF_MATCH 3 9 a b DONE; r READ 4 5 - b DONE; r READ 6 7 - a DONE",
                // What has no answer can be done once only.
                "l WRITE_IF_ABSENT 1 2 - a UNKNOWN; l READ 3 4 - a DONE; l DELETE_IF_MATCH 5 6 a - DONE; l READ 7 8 - a DONE",
                // The lock of another was deleted.
                "l WRITE_IF_ABSENT 1 2 - a DONE; l DELETE_IF_MATCH 3 4 b - DONE; l READ 5 6 - - DONE"
            })
    void whatNoMachineCouldHaveDoneIsFound(String history) {
        assertThat(Linearizability.violations(parsed(history))).hasSize(1);
    }

    @Test
    void whatIsFoundIsSaid() {
        assertThat(Linearizability.violations(
                        parsed("r WRITE_IF_ABSENT 1 2 - a DONE; r READ 3 4 - x DONE; r READ 5 6 - a DONE")))
                .containsExactly("after 1 of 3 operations none of these can have come next:\n  r READ 3 4 - x DONE");
    }

    /** Lines come from several processes, in no order. */
    @Test
    void theOrderOfTheLinesDoesNotMatter() {
        List<HistoryOperation> history = parsed("r WRITE_IF_ABSENT 1 2 - a DONE; r WRITE_IF_MATCH 3 5 a b DONE;"
                + " r WRITE_IF_MATCH 4 8 b c UNKNOWN; r READ 6 7 - b DONE; r READ 9 10 - c DONE");
        Collections.shuffle(history, new Random(3));

        assertThat(Linearizability.violations(history)).isEmpty();
    }

    private static List<HistoryOperation> parsed(String history) {
        return Arrays.asList(Arrays.stream(history.split("; *", -1))
                .map(HistoryOperation::parse)
                .toArray(HistoryOperation[]::new));
    }
}
