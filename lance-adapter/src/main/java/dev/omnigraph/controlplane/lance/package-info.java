/** The graph engine behind core's port, on Lance datasets (graph-format.md). */
@NullMarked
package dev.omnigraph.controlplane.lance;

import org.jspecify.annotations.NullMarked;
