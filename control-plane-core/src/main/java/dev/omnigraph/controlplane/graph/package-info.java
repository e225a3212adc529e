/** The port to the graph engine. No type of the engine's libraries crosses it. */
@NullMarked
package dev.omnigraph.controlplane.graph;

import org.jspecify.annotations.NullMarked;
