/** Bearer tokens that the service gives out itself; of each, only a salted hash is kept, in one file. */
@NullMarked
package dev.omnigraph.controlplane.app.security.tokens;

import org.jspecify.annotations.NullMarked;
