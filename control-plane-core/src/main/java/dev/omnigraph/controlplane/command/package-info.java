/** The commands of the control plane, one class each (control-plane.md 7). They run over ports and know no HTTP. */
@NullMarked
package dev.omnigraph.controlplane.command;

import org.jspecify.annotations.NullMarked;
