/** A cluster configuration as read from its sources: cluster.yaml and the files it names (control-plane.md 2 and 3). */
@NullMarked
package dev.omnigraph.controlplane.config;

import org.jspecify.annotations.NullMarked;
