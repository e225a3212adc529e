package dev.omnigraph.controlplane.storage;

/**
 * What a store calls the present content of an object: the SHA-256 of the bytes on a folder, the ETag on S3. Two equal
 * tags of one key mean equal content.
 */
public record VersionTag(String value) {}
