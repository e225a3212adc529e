/** One run of apply: its phases in order, and the effects of each (control-plane.md 9). */
@NullMarked
package dev.omnigraph.controlplane.apply;

import org.jspecify.annotations.NullMarked;
