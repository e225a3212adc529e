/** What the documents below {@code __control/}, which only this service stores, have in common (control-area.md). */
@NullMarked
package dev.omnigraph.controlplane.document;

import org.jspecify.annotations.NullMarked;
