/** The service's start: settings become objects here, and nothing else is wired elsewhere. */
@NullMarked
package dev.omnigraph.controlplane.app;

import org.jspecify.annotations.NullMarked;
