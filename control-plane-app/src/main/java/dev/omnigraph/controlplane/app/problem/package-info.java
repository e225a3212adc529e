/** Errors as answers: one shape, one writer. */
@NullMarked
package dev.omnigraph.controlplane.app.problem;

import org.jspecify.annotations.NullMarked;
