/**
 * What this service alone stores about its own work: operation records and the cluster's identity below
 * {@code __control/}. Every transition is a compare-and-swap.
 */
@NullMarked
package dev.omnigraph.controlplane.operation;

import org.jspecify.annotations.NullMarked;
