/** This process as one of several on a store: its signs of life, and what it does about those of others. */
@NullMarked
package dev.omnigraph.controlplane.app.replica;

import org.jspecify.annotations.NullMarked;
