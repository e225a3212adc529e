package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.SourcePosition;

/**
 * {@code property: value}: in a binding what the property must be, in a write what it becomes.
 *
 * @param position of the property's name
 */
public record Field(String property, Value value, SourcePosition position) {}
