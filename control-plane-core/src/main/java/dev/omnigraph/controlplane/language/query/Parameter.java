package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.SourcePosition;

/**
 * A declared parameter of a query.
 *
 * @param name without {@code $}
 * @param typeText {@code Scalar}, {@code [Scalar]} or {@code Vector(digits as written)}, without the nullable mark
 * @param position of the parameter's variable
 */
public record Parameter(String name, String typeText, boolean nullable, SourcePosition position) {

    /** The type as an author would write it. */
    public String declaredType() {
        return nullable ? typeText + "?" : typeText;
    }
}
