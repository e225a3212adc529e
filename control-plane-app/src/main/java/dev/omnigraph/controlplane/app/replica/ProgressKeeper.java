package dev.omnigraph.controlplane.app.replica;

import dev.omnigraph.controlplane.app.operation.OperationRunner;
import dev.omnigraph.controlplane.operation.OperationStore;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Stores the progress of what runs here now and then, so that other instances can show it. */
public final class ProgressKeeper implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressKeeper.class);

    private final OperationRunner runner;
    private final OperationStore records;
    private final Duration interval;
    private final ScheduledExecutorService keeper = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "progress-keeper");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean running;

    /** @param records as what the clock writes reaches them */
    public ProgressKeeper(OperationRunner runner, OperationStore records, Duration interval) {
        this.runner = runner;
        this.records = records;
        this.interval = interval;
    }

    private void keep() {
        try {
            runner.keepProgress(records);
        } catch (RuntimeException e) {
            // A schedule that threw would never run again.
            LOG.error("the progress of operations could not be stored", e);
        }
    }

    @Override
    public void start() {
        running = true;
        long millis = interval.toMillis();
        var unused = keeper.scheduleWithFixedDelay(this::keep, millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        running = false;
        keeper.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
