/**
 * Policy bundles (policy.md): who may do what on a graph or a server. A bundle is read and checked as the engine does,
 * its rules become Cedar policies, and Cedar decides. Cedar's own types stay behind {@code CedarEngine}; where its native
 * library cannot be used, bundles are still checked and nothing is allowed.
 */
@NullMarked
package dev.omnigraph.controlplane.language.policy;

import org.jspecify.annotations.NullMarked;
