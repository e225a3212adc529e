/** Configurations as archives: read strictly, whole, in memory, or refused by the name of what is wrong with them. */
@NullMarked
package dev.omnigraph.controlplane.archive;

import org.jspecify.annotations.NullMarked;
