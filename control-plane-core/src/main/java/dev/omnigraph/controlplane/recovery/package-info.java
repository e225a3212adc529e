/**
 * What an interrupted operation left behind and what is made of it: the ledger is moved to what is observed, a graph is
 * never moved back and nothing is deleted (control-plane.md 10).
 */
@NullMarked
package dev.omnigraph.controlplane.recovery;

import org.jspecify.annotations.NullMarked;
