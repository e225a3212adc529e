/** What is desired: stored configurations, and which of them it is now and was before (control-area.md). */
@NullMarked
package dev.omnigraph.controlplane.desired;

import org.jspecify.annotations.NullMarked;
