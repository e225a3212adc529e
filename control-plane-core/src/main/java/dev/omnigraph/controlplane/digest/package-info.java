/** SHA-256 digests and the addresses of the resources they belong to (control-plane.md 2.14 and 3). */
@NullMarked
package dev.omnigraph.controlplane.digest;

import org.jspecify.annotations.NullMarked;
