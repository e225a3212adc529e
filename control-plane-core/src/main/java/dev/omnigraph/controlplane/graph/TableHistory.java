package dev.omnigraph.controlplane.graph;

/**
 * The versions of a table's dataset that a hard drop removes: all below one. That version stays, and with a dropped type
 * so do its rows (graph-format.md 7.3).
 *
 * @param key {@code node:<Type>} or {@code edge:<Type>}
 * @param firstKept the version that the migration published, or the last one of a dropped type
 */
public record TableHistory(String key, long firstKept) {}
