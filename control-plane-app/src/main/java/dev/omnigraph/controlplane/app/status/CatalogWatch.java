package dev.omnigraph.controlplane.app.status;

import dev.omnigraph.controlplane.command.CatalogView;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonNull;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Verifies the catalog in the background, now and then, and keeps what was found. Thread-safe. */
public final class CatalogWatch implements SmartLifecycle {

    static final String FINDINGS = "findings";

    private static final Logger LOG = LoggerFactory.getLogger(CatalogWatch.class);

    private final Supplier<CatalogView> verification;
    private final InstantSource clock;
    private final Duration interval;
    private final ScheduledExecutorService verifier = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "catalog-watch");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable Seen seen;
    private volatile boolean running;

    private record Seen(CatalogView catalog, Instant at) {}

    /** @param interval zero never verifies */
    public CatalogWatch(Supplier<CatalogView> verification, InstantSource clock, Duration interval) {
        this.verification = verification;
        this.clock = clock;
        this.interval = interval;
    }

    /** What was found last, and how long ago; null before the first time. */
    JsonValue view() {
        Seen last = seen;
        if (last == null) {
            return JsonNull.INSTANCE;
        }
        return JsonObject.builder()
                .put("looked_at", WireTime.format(last.at()))
                .put(
                        "age_seconds",
                        Math.max(0, Duration.between(last.at(), clock.instant()).toSeconds()))
                .putOrNull("state_cas", last.catalog().stateCas())
                .put(
                        FINDINGS,
                        JsonArray.of(last.catalog().findings().stream()
                                .map(Diagnostic::toJson)
                                .toList()))
                .build();
    }

    /** Verifies now. Where the storage does not answer, the last findings stay, and get older. */
    void verify() {
        Instant begun = clock.instant();
        try {
            seen = new Seen(verification.get(), begun);
        } catch (StorageUnavailableException e) {
            LOG.warn("the catalog could not be verified: {}", e.getMessage());
        } catch (RuntimeException e) {
            // A schedule that threw would never run again.
            LOG.error("the catalog could not be verified", e);
        }
    }

    @Override
    public void start() {
        running = true;
        if (!interval.isZero()) {
            var unused = verifier.scheduleWithFixedDelay(this::verify, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void stop() {
        running = false;
        verifier.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
