/** What every command runs in: the cluster and its ports, the lock, the findings so far, and who follows the run. */
@NullMarked
package dev.omnigraph.controlplane.session;

import org.jspecify.annotations.NullMarked;
