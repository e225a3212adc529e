package dev.omnigraph.controlplane.language;

/**
 * Something that was read from a source text, with the place it stands at.
 *
 * @param <T> what was read
 */
public record Located<T>(T value, SourcePosition position) {}
