package dev.omnigraph.controlplane.app.replica;

import dev.omnigraph.controlplane.instance.Heartbeat;
import dev.omnigraph.controlplane.instance.HeartbeatTiming;
import dev.omnigraph.controlplane.instance.InstanceWatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the signs of life of this process, from the moment it has its instance's name until it ends, and looks at those of
 * the others. Two threads, so that a slow look at others does not make this one look dead.
 */
public final class SignsOfLife implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SignsOfLife.class);

    private final Heartbeat heartbeat;
    private final InstanceWatch others;
    private final Runnable taken;
    private final AtomicBoolean told = new AtomicBoolean();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2, work -> {
        Thread thread = new Thread(work, "signs-of-life");
        thread.setDaemon(true);
        return thread;
    });

    /** @param taken called once, on another thread, when another process has taken the instance over */
    public SignsOfLife(Heartbeat heartbeat, InstanceWatch others, HeartbeatTiming timing, Runnable taken) {
        this.heartbeat = heartbeat;
        this.others = others;
        this.taken = taken;
        long interval = timing.interval().toMillis();
        var unusedBeats =
                threads.scheduleAtFixedRate(() -> quietly(this::beat), interval, interval, TimeUnit.MILLISECONDS);
        var unusedLooks = threads.scheduleWithFixedDelay(() -> quietly(this::look), 0, interval, TimeUnit.MILLISECONDS);
    }

    private void beat() {
        if (heartbeat.beat() == Heartbeat.Beat.LOST && heartbeat.isLost() && told.compareAndSet(false, true)) {
            LOG.error(
                    "another process has the name of instance {} now: this one does nothing more and ends",
                    heartbeat.process().instance());
            new Thread(taken, "instance-taken-over").start();
        }
    }

    private void look() {
        others.look().ifPresent(reason -> LOG.warn("the other instances cannot be looked at: {}", reason));
    }

    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            // A schedule that threw would never run again.
            LOG.error("no sign of life could be given or looked at", e);
        }
    }

    /** The last sign says that this process ended by itself. */
    @Override
    public void close() {
        threads.shutdownNow();
        heartbeat.stop();
    }
}
