/**
 * Recorded human decisions about changes that destroy data: the artifacts that the engine's own tool reads too, what only
 * this service knows of them, and the reservations that decide between use and revocation (control-plane.md 6.2,
 * control-area.md).
 */
@NullMarked
package dev.omnigraph.controlplane.approval;

import org.jspecify.annotations.NullMarked;
