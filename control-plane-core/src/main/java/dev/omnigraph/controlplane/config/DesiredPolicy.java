package dev.omnigraph.controlplane.config;

import java.util.List;

/**
 * A declared policy bundle.
 *
 * @param bytes the file as it is; not copied, not to be changed
 * @param digest of those bytes
 * @param bindings {@code cluster} and {@code graph.<id>}, sorted, without repetition
 */
@SuppressWarnings("ArrayRecordComponent") // handed on to the catalog, never compared
public record DesiredPolicy(String name, byte[] bytes, String digest, List<String> bindings) {

    public DesiredPolicy {
        bindings = List.copyOf(bindings);
    }
}
