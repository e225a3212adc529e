/** Findings about configuration, ledger and graphs: one enumeration of codes, one shape (control-plane.md 7). */
@NullMarked
package dev.omnigraph.controlplane.diagnostic;

import org.jspecify.annotations.NullMarked;
