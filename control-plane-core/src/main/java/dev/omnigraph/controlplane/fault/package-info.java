/** Named points at durable effects, where a test or an operator can stop, delay or lose the answer. */
@NullMarked
package dev.omnigraph.controlplane.fault;

import org.jspecify.annotations.NullMarked;
