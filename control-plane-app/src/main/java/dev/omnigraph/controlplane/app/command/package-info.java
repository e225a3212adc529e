/** Commands of core as requests see them: the configuration they are for, and the work of an operation. */
@NullMarked
package dev.omnigraph.controlplane.app.command;

import org.jspecify.annotations.NullMarked;
