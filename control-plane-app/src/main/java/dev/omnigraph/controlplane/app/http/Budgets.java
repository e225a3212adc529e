package dev.omnigraph.controlplane.app.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** What each of many may spend: a bucket that fills at a steady rate, and of which each use takes one. Thread-safe. */
final class Budgets {

    /** So many are remembered; the one who was away longest is forgotten first, and begins anew. */
    static final int MAX_NAMES = 10_000;

    private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    private final double perSecond;
    private final int burst;
    private final InstantSource clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_NAMES;
        }
    };

    private record Bucket(double left, Instant at) {}

    /** @param burst what there is at once after a pause */
    Budgets(double perSecond, int burst, InstantSource clock) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.clock = clock;
    }

    /** Takes one, if there is one left. */
    synchronized boolean take(String name) {
        Instant now = clock.instant();
        Bucket before = buckets.getOrDefault(name, new Bucket(burst, now));
        // A clock that was set back refills nothing, and takes nothing away.
        double seconds = Math.max(0, Duration.between(before.at(), now).toNanos() / NANOS_PER_SECOND);
        double left = Math.min(burst, before.left() + seconds * perSecond);
        boolean taken = left >= 1;
        buckets.put(name, new Bucket(taken ? left - 1 : left, now));
        return taken;
    }
}
