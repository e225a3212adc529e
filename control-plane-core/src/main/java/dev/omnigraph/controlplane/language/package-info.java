/** What the languages of a cluster configuration share: positions in a source text and the error that names one. */
@NullMarked
package dev.omnigraph.controlplane.language;

import org.jspecify.annotations.NullMarked;
