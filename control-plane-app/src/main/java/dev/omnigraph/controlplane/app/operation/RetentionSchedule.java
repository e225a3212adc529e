package dev.omnigraph.controlplane.app.operation;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Takes on a run of retention again and again, at an interval that begins with the start of the process. A run that is not
 * taken on is left out: the next one does its work. With several replicas each takes on its own; they exclude each other by
 * the cluster's lock, and the later ones find nothing to do.
 */
public final class RetentionSchedule implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionSchedule.class);

    private final Duration interval;
    private final Supplier<Acceptance> run;
    private Optional<ScheduledExecutorService> timer = Optional.empty();

    /**
     * A schedule that begins with {@link #start}.
     *
     * @param interval zero for no runs
     * @param run takes one on
     */
    public RetentionSchedule(Duration interval, Supplier<Acceptance> run) {
        this.interval = interval;
        this.run = run;
    }

    @Override
    public synchronized void start() {
        if (interval.isZero() || timer.isPresent()) {
            return;
        }
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "retention");
            thread.setDaemon(true);
            return thread;
        });
        long millis = Math.max(1, interval.toMillis());
        var unused = started.scheduleWithFixedDelay(this::takeOn, millis, millis, TimeUnit.MILLISECONDS);
        timer = Optional.of(started);
    }

    private void takeOn() {
        try {
            Acceptance acceptance = run.get();
            if (!(acceptance instanceof Acceptance.Accepted)) {
                LOG.warn("a run of retention was not taken on: {}", acceptance);
            }
        } catch (RuntimeException e) {
            LOG.warn("a run of retention was not taken on", e); // an exception here would end the schedule
        }
    }

    @Override
    public synchronized void stop() {
        timer.ifPresent(ScheduledExecutorService::shutdownNow);
        timer = Optional.empty();
    }

    @Override
    public synchronized boolean isRunning() {
        return timer.isPresent();
    }
}
