/**
 * What an apply would do: differences, dispositions, gates and blast radius, as pure functions from ledger, desired state
 * and what is known of graphs and recoveries (control-plane.md 8).
 */
@NullMarked
package dev.omnigraph.controlplane.plan;

import org.jspecify.annotations.NullMarked;
