package dev.omnigraph.controlplane.graph;

import java.util.Optional;

/**
 * A table of a graph as the manifest's current snapshot has it (graph-format.md 3.4).
 *
 * @param key {@code node:<Type>} or {@code edge:<Type>}
 * @param path relative to the graph root
 * @param version the pinned version of its dataset
 * @param branch empty for main
 * @param rows the number of rows at that version
 */
public record TableObservation(String key, String path, long version, Optional<String> branch, long rows) {}
