package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.SourcePosition;
import java.util.stream.Stream;

/**
 * A parameter or a bound node.
 *
 * @param name without {@code $}
 */
public record Variable(String name, SourcePosition position) implements Value {

    @Override
    public Stream<Variable> variables() {
        return Stream.of(this);
    }

    @Override
    public <T, X extends Exception> T accept(Visitor<T, X> visitor) throws X {
        return visitor.visitVariable(this);
    }
}
