package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.query.QueryCheck.Accepted;
import dev.omnigraph.controlplane.language.query.QueryCheck.Refused;
import dev.omnigraph.controlplane.language.schema.PropertyType;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog;
import java.util.List;
import java.util.Map;

/**
 * Checks stored queries against a schema without running them (query-language.md 4 to 8). What passes here the engine
 * serves; what does not, it would refuse to start with. A pure function; thread-safe.
 */
public final class QueryChecker {

    private QueryChecker() {}

    /** Checks one query; of several errors the first in the engine's order is reported. */
    public static QueryCheck check(QueryDeclaration query, SchemaCatalog catalog) {
        try {
            Map<String, PropertyType> parameters = ParameterTypes.resolve(query.parameters());
            return new Accepted(parameters, checkBody(query.body(), parameters, catalog));
        } catch (Refusal refusal) {
            return new Refused(refusal.finding());
        }
    }

    /** Answers the types that the body writes to. */
    private static List<String> checkBody(QueryBody body, Map<String, PropertyType> parameters, SchemaCatalog catalog)
            throws Refusal {
        if (body instanceof WriteBody writes) {
            new WriteChecker(catalog, parameters).check(writes);
            return writes.statements().stream()
                    .map(statement -> statement.target().name())
                    .toList();
        }
        ReadChecker.check((ReadBody) body, parameters, catalog);
        return List.of();
    }
}
