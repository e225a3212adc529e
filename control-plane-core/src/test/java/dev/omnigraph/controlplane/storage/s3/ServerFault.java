package dev.omnigraph.controlplane.storage.s3;

/** What can go wrong with one request to an {@link EmbeddedS3}. */
public enum ServerFault {
    /** Nothing. */
    NONE,
    /** Answers 500 and does nothing. */
    ERROR_BEFORE,
    /** Does what was asked and answers 500. */
    ERROR_AFTER,
    /** Breaks the connection and does nothing. */
    REQUEST_LOST,
    /** Does what was asked and breaks the connection. */
    ANSWER_LOST,
    /** Answers 409 as for a write at the same moment, and does nothing. */
    CONFLICT,
    /** Answers 503 as under load, and does nothing. */
    SLOW_DOWN,
    /** Does what was asked and says nothing until the caller has given up. */
    SLOW_ANSWER,
    /** Does what was asked, and pauses in the middle of its answer for less than a caller waits. */
    SLOW_BODY,
    /** Does what was asked, announces the whole answer and breaks the connection in the middle of it. */
    CUT_ANSWER,
    /** Breaks the connection, and does what was asked when {@link EmbeddedS3#landLateRequests} says so. */
    LANDS_LATE
}
