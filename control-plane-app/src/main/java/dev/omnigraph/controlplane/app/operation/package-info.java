/** Accepted commands on their way: queue, runner, durable transitions. */
@NullMarked
package dev.omnigraph.controlplane.app.operation;

import org.jspecify.annotations.NullMarked;
