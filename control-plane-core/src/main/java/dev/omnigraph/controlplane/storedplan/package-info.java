/** Plans as things that people link to: what was planned, over which ledger, and what has become of it. */
@NullMarked
package dev.omnigraph.controlplane.storedplan;

import org.jspecify.annotations.NullMarked;
