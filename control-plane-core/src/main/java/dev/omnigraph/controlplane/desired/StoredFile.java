package dev.omnigraph.controlplane.desired;

/**
 * One file of a stored configuration.
 *
 * @param digest bare SHA-256 of its content
 */
public record StoredFile(String path, String digest, long bytes) {}
