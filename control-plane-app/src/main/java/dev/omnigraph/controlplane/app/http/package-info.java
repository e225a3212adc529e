/** What every request and answer goes through: gate, access, parameters, bodies, JSON. */
@NullMarked
package dev.omnigraph.controlplane.app.http;

import org.jspecify.annotations.NullMarked;
