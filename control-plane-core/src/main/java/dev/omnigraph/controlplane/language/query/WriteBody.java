package dev.omnigraph.controlplane.language.query;

import java.util.List;

/**
 * A body that writes.
 *
 * @param statements at least one, in the order of the text
 */
public record WriteBody(List<WriteStatement> statements) implements QueryBody {

    public WriteBody {
        statements = List.copyOf(statements);
    }
}
