package dev.omnigraph.controlplane.app.fault;

import java.time.Duration;

/** What happens at an armed fault point. */
sealed interface FaultAction {

    /** The point fails. */
    record Fail() implements FaultAction {}

    /** The process ends at once, as if its power were cut. */
    record Halt() implements FaultAction {}

    /** The effect before the point is done, and whoever asked for it does not learn so. */
    record LoseAnswer() implements FaultAction {}

    /** The run goes on after a while. */
    record Delay(Duration duration) implements FaultAction {}
}
