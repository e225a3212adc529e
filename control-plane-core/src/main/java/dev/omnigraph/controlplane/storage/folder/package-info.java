/** Objects as files below a local folder, shared by any number of processes and with the engine's own tool. */
@NullMarked
package dev.omnigraph.controlplane.storage.folder;

import org.jspecify.annotations.NullMarked;
