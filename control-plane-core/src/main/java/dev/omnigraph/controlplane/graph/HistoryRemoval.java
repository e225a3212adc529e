package dev.omnigraph.controlplane.graph;

import java.util.List;

/**
 * What removing old versions of tables came to.
 *
 * @param bytes that were freed
 * @param problems one for each table whose versions are not all removed; trying again is safe
 */
public record HistoryRemoval(long bytes, List<String> problems) {
    public HistoryRemoval {
        problems = List.copyOf(problems);
    }
}
