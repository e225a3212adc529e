package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.SourcePosition;

/**
 * A parameter or a bound node.
 *
 * @param name without {@code $}
 */
public record Variable(String name, SourcePosition position) implements Value {

    @Override
    public <T, X extends Exception> T accept(Visitor<T, X> visitor) throws X {
        return visitor.visitVariable(this);
    }
}
