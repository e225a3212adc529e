package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.schema.PropertyType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of checking a query against a schema. */
public sealed interface QueryCheck {

    /**
     * The query fits.
     *
     * @param parameters by name, in the order of the text; of a name that repeats, the last type
     * @param targetTypes the types that the statements write to, in order; empty for a query that reads
     */
    record Accepted(Map<String, PropertyType> parameters, List<String> targetTypes) implements QueryCheck {
        public Accepted {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
            targetTypes = List.copyOf(targetTypes);
        }
    }

    /** The query does not fit; the first finding is the only one. */
    record Refused(QueryFinding finding) implements QueryCheck {}
}
