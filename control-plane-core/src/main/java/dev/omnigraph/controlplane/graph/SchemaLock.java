package dev.omnigraph.controlplane.graph;

import java.time.Instant;

/**
 * A lock branch of a schema apply, as it is found at a graph (graph-format.md 7.4). It keeps every writer of the graph
 * out, and nothing but the apply that made it removes it.
 *
 * @param createdAt to the second, by the clock of the machine that made it
 * @param manifestVersion the version of {@code __manifest} that it was made from, which was the newest then
 */
public record SchemaLock(Instant createdAt, long manifestVersion) {}
