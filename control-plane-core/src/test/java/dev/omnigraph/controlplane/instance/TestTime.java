package dev.omnigraph.controlplane.instance;

import dev.omnigraph.controlplane.id.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** Time that a test owns: it passes when somebody pauses, and something else can happen in each pause. */
public final class TestTime implements InstantSource, Pause {

    private final Deque<Runnable> happenings = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-11-25T10:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void pass(Duration duration) {
        now = now.plus(duration);
    }

    /** What happens in the next pause for which nothing is planned yet. */
    public void inNextPause(Runnable happening) {
        happenings.add(happening);
    }

    @Override
    public void forDuration(Duration duration) {
        pass(duration);
        Runnable happening = happenings.poll();
        if (happening != null) {
            happening.run();
        }
    }
}
