/** What happens to operations, as it happens, for those who watch. */
@NullMarked
package dev.omnigraph.controlplane.app.stream;

import org.jspecify.annotations.NullMarked;
