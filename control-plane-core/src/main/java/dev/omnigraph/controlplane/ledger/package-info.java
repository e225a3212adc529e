/**
 * The stored documents of a cluster and their guarded writes: ledger, lock, recovery sidecars, approvals and catalog blobs,
 * byte for byte as the engine's own tools read and write them (control-plane.md 4 to 6).
 */
@NullMarked
package dev.omnigraph.controlplane.ledger;

import org.jspecify.annotations.NullMarked;
