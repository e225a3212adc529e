/** Who a request speaks for, and what it may do. */
@NullMarked
package dev.omnigraph.controlplane.app.security;

import org.jspecify.annotations.NullMarked;
