/** The status of the cluster, for many who ask again and again. */
@NullMarked
package dev.omnigraph.controlplane.app.status;

import org.jspecify.annotations.NullMarked;
