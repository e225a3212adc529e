package dev.omnigraph.controlplane.config;

/**
 * A declared stored query.
 *
 * @param source the text of the whole file that declares it
 * @param digest of that file
 */
public record DesiredQuery(String name, String source, String digest) {}
