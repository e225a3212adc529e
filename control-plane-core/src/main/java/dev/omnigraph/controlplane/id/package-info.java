/** Where new identifiers come from. */
@NullMarked
package dev.omnigraph.controlplane.id;

import org.jspecify.annotations.NullMarked;
