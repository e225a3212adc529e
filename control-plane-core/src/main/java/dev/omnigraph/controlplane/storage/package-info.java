/** The port to stored bytes: every answer is a sealed outcome, and what is not known is never taken for absent. */
@NullMarked
package dev.omnigraph.controlplane.storage;

import org.jspecify.annotations.NullMarked;
