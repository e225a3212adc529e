package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.digest.ResourceAddress;
import java.util.Comparator;

/** {@code from} needs {@code to}. Ordered by both ends. */
public record Dependency(ResourceAddress from, ResourceAddress to) implements Comparable<Dependency> {

    private static final Comparator<Dependency> ORDER =
            Comparator.comparing(Dependency::from).thenComparing(Dependency::to);

    @Override
    public int compareTo(Dependency other) {
        return ORDER.compare(this, other);
    }
}
