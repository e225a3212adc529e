/** JSON as values and as text, byte for byte as the stored documents are written (control-plane.md 3.6 and 4.1). */
@NullMarked
package dev.omnigraph.controlplane.json;

import org.jspecify.annotations.NullMarked;
