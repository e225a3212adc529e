package dev.omnigraph.controlplane.storage.s3;

import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.PutOutcome;
import java.util.Optional;

/**
 * What one caller did to one object, and when. Every value is written at most once by anybody, so that a condition on a tag
 * is one on a value.
 *
 * @param object what it was done to
 * @param call what was asked for
 * @param from when it began, in nanoseconds of the machine
 * @param until when its answer was there
 * @param expected the value of the condition, where there is one
 * @param value the value that was to be written, or that was read
 * @param outcome what was answered
 */
record HistoryOperation(
        String object,
        Call call,
        long from,
        long until,
        Optional<String> expected,
        Optional<String> value,
        Outcome outcome) {

    private static final String NOTHING = "-";

    /** What can be asked for. */
    enum Call {
        READ,
        WRITE_IF_ABSENT,
        WRITE_IF_MATCH,
        DELETE_IF_MATCH
    }

    /** What can be answered. */
    enum Outcome {
        /** Read, written or deleted. */
        DONE,
        /** The condition did not hold, and nothing was changed. */
        LOST,
        /** It may have been done, and may still be. */
        UNKNOWN;

        static Outcome of(PutOutcome outcome) {
            return outcome instanceof PutOutcome.Done ? DONE : outcome instanceof PutOutcome.Lost ? LOST : UNKNOWN;
        }

        static Outcome of(DeleteOutcome outcome) {
            return outcome instanceof DeleteOutcome.Done
                    ? DONE
                    : outcome instanceof DeleteOutcome.Lost ? LOST : UNKNOWN;
        }
    }

    /** A conditional operation, and none that only reads. */
    boolean isConditional() {
        return call != Call.READ;
    }

    /** Whether it can have come to this outcome where this stood. Without an answer it must at least have done something. */
    boolean fits(Optional<String> present) {
        return switch (outcome) {
            case DONE -> holdsFor(present);
            case LOST -> !holdsFor(present);
            case UNKNOWN -> holdsFor(present) && !after(present).equals(present);
        };
    }

    private boolean holdsFor(Optional<String> present) {
        return switch (call) {
            case READ -> present.equals(value);
            case WRITE_IF_ABSENT -> present.isEmpty();
            case WRITE_IF_MATCH -> present.equals(expected);
            // Who wants something gone has it where nothing is.
            case DELETE_IF_MATCH -> present.isEmpty() || present.equals(expected);
        };
    }

    /** What stands there after it. */
    Optional<String> after(Optional<String> present) {
        return changesNothing() ? present : value;
    }

    /** Whatever stood there. */
    boolean changesNothing() {
        return call == Call.READ || outcome == Outcome.LOST;
    }

    /** One line, for {@link #parse}. */
    String line() {
        return String.join(
                " ",
                object,
                call.name(),
                Long.toString(from),
                Long.toString(until),
                expected.orElse(NOTHING),
                value.orElse(NOTHING),
                outcome.name());
    }

    static HistoryOperation parse(String line) {
        String[] words = line.split(" ", -1);
        return new HistoryOperation(
                words[0],
                Call.valueOf(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                optional(words[4]),
                optional(words[5]),
                Outcome.valueOf(words[6]));
    }

    private static Optional<String> optional(String word) {
        return Optional.of(word).filter(text -> !text.equals(NOTHING));
    }
}
