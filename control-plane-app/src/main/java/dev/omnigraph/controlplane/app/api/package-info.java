/** The endpoints. Each turns a request into a call of core and core's answer into JSON; no decision is taken here. */
@NullMarked
package dev.omnigraph.controlplane.app.api;

import org.jspecify.annotations.NullMarked;
