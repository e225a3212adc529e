package dev.omnigraph.controlplane.language;

/**
 * A token as it stands in the source.
 *
 * @param text exactly as written; a string keeps its quotes and escapes
 * @param offset of its first character in the source, in UTF-16 units
 */
public record Token(String text, int offset) {}
