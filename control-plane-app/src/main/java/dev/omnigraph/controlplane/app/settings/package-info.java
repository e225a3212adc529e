/** The settings of the service. */
@NullMarked
package dev.omnigraph.controlplane.app.settings;

import org.jspecify.annotations.NullMarked;
