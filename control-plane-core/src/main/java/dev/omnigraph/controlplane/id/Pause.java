package dev.omnigraph.controlplane.id;

import java.time.Duration;

/** Lets time pass; a test decides how. */
@FunctionalInterface
public interface Pause {

    /** Sleeps on the clock of the machine. */
    Pause REAL = duration -> Thread.sleep(duration.toMillis());

    /**
     * Returns after about this long.
     *
     * @throws InterruptedException when the waiting thread is told to stop
     */
    void forDuration(Duration duration) throws InterruptedException;
}
