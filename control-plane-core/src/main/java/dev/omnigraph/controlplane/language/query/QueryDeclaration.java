package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.SourcePosition;
import java.util.List;
import java.util.Optional;

/**
 * One stored query.
 *
 * @param parameters in the order of the text; names may repeat
 * @param description what the query is for, possibly empty text
 * @param instruction how an agent should use it, possibly empty text
 * @param position of the name
 */
public record QueryDeclaration(
        String name,
        List<Parameter> parameters,
        Optional<String> description,
        Optional<String> instruction,
        QueryBody body,
        SourcePosition position) {

    public QueryDeclaration {
        parameters = List.copyOf(parameters);
    }

    /** Whether the query writes. */
    public boolean isMutation() {
        return body instanceof WriteBody;
    }
}
