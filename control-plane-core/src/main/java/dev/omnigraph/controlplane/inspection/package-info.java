/** Looking at graphs as they are now, beside what the ledger and the configuration say of them. Nothing is written. */
@NullMarked
package dev.omnigraph.controlplane.inspection;

import org.jspecify.annotations.NullMarked;
