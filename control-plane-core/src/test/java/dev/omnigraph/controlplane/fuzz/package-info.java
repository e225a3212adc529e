/** Throws mutated sources at every language: a short slice in each build, a long run by {@code ./fuzz}. */
package dev.omnigraph.controlplane.fuzz;
