/** Fault points armed by a setting. */
@NullMarked
package dev.omnigraph.controlplane.app.fault;

import org.jspecify.annotations.NullMarked;
