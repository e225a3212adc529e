/** Several things at a time, on a bounded number of threads. */
@NullMarked
package dev.omnigraph.controlplane.parallel;

import org.jspecify.annotations.NullMarked;
