/** What a run takes from outside itself: identifiers and the passing of time. */
@NullMarked
package dev.omnigraph.controlplane.id;

import org.jspecify.annotations.NullMarked;
