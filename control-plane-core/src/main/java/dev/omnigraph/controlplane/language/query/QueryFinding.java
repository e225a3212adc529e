package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.SourcePosition;
import java.util.Optional;

/**
 * Why a query does not fit its schema.
 *
 * @param position the place in the query's file to look at first
 * @param message what is wrong, without number and place
 * @param suggestion a name that exists and is spelt nearly like one that does not
 */
public record QueryFinding(QueryRule rule, SourcePosition position, String message, Optional<String> suggestion) {

    /** The whole finding in one line: place, number, message, suggestion. */
    public String text() {
        return "line " + position.line() + ", column " + position.column() + ": "
                + rule.number().map(number -> number + ": ").orElse("")
                + message
                + suggestion.map(name -> "; did you mean '" + name + "'?").orElse("");
    }
}
