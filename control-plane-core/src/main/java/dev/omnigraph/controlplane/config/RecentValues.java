package dev.omnigraph.controlplane.config;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps values that are costly to compute, those that were used last, as long as their weights together stay within a
 * limit. Thread-safe; computing happens outside the lock, so that two threads at once may compute the same value.
 */
final class RecentValues<K, V> {

    private final long maxWeight;
    private final Map<K, Weighed<V>> values = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;
    private long computed;

    private record Weighed<V>(V value, long weight) {}

    /**
     * Empty.
     *
     * @param maxWeight what does not fit in it alone is computed each time
     */
    RecentValues(long maxWeight) {
        this.maxWeight = maxWeight;
    }

    /**
     * The value of a key, computed unless it is kept.
     *
     * @param valueWeight in the unit of the limit
     */
    V get(K key, long valueWeight, Supplier<V> compute) {
        synchronized (this) {
            Weighed<V> kept = values.get(key);
            if (kept != null) {
                return kept.value();
            }
            computed++;
        }
        V value = compute.get();
        keep(key, new Weighed<>(value, valueWeight));
        return value;
    }

    /** How many values were computed so far. */
    synchronized long computed() {
        return computed;
    }

    private synchronized void keep(K key, Weighed<V> value) {
        if (value.weight() > maxWeight) {
            return;
        }
        Weighed<V> replaced = values.put(key, value);
        weight += value.weight() - (replaced == null ? 0 : replaced.weight());
        for (Iterator<Weighed<V>> oldest = values.values().iterator(); weight > maxWeight; oldest.remove()) {
            weight -= oldest.next().weight();
        }
    }
}
