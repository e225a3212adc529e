/**
 * The processes that work on one cluster, {@code __control/instance/<id>.json}: each gives a sign of life, and each can
 * tell from it which of the others may still be at work.
 */
@NullMarked
package dev.omnigraph.controlplane.instance;

import org.jspecify.annotations.NullMarked;
