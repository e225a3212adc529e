/**
 * Removes what is kept for a time only and nobody needs any more (control-area.md). What a pending record, a reservation or
 * a journal names is never removed, and neither is anything that is not known.
 */
@NullMarked
package dev.omnigraph.controlplane.retention;

import org.jspecify.annotations.NullMarked;
