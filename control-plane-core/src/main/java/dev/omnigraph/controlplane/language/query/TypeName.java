package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.SourcePosition;

/** The name of a node or edge type, as a query writes it. */
public record TypeName(String name, SourcePosition position) {}
