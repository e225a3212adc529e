package dev.omnigraph.controlplane.operation;

import java.util.regex.Pattern;

/**
 * Which cluster a store belongs to. Written once, so that replicas agree and a caller notices a wrong or restored store.
 *
 * @param clusterId chosen by people or derived from the configuration
 * @param incarnation random; two stores that call themselves alike still differ here
 */
public record ClusterIdentity(String clusterId, String incarnation) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}");

    /** Whether a text can name a cluster: 1 to 256 ASCII letters, digits, underscores and hyphens. */
    public static boolean canName(String text) {
        return NAME.matcher(text).matches();
    }
}
