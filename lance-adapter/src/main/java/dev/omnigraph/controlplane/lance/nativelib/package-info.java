/** Finds, unpacks once, and loads the native library of Lance. */
@NullMarked
package dev.omnigraph.controlplane.lance.nativelib;

import org.jspecify.annotations.NullMarked;
