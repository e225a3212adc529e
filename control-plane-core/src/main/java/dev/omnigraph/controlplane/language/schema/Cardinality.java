package dev.omnigraph.controlplane.language.schema;

import java.util.OptionalLong;

/**
 * How many edges of a type may leave one node.
 *
 * @param min an unsigned 32-bit number
 * @param max an unsigned 32-bit number, or empty for no limit
 */
public record Cardinality(long min, OptionalLong max) {

    /** What an edge without {@code @card} has. */
    public static final Cardinality ANY = new Cardinality(0, OptionalLong.empty());
}
