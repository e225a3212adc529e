package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.NameSuggestion;
import dev.omnigraph.controlplane.language.SourcePosition;
import java.util.Collection;
import java.util.Optional;

/** Ends a check with its finding: the first error wins. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    /** Messages quote names, and a name can be as long as the source. */
    private static final int MAX_MESSAGE_LENGTH = 500;

    @SuppressWarnings("serial") // thrown and caught in one check, never serialised
    private final QueryFinding finding;

    private Refusal(QueryFinding finding) {
        super(finding.message(), null, false, false);
        this.finding = finding;
    }

    static Refusal of(QueryRule rule, SourcePosition position, String message) {
        return new Refusal(new QueryFinding(rule, position, bounded(message), Optional.empty()));
    }

    /** The refusal of a name, with the one of the known names that is spelt nearly like it. */
    static Refusal ofName(
            QueryRule rule, SourcePosition position, String message, String name, Collection<String> known) {
        return new Refusal(new QueryFinding(rule, position, bounded(message), NameSuggestion.forName(name, known)));
    }

    private static String bounded(String message) {
        return message.length() <= MAX_MESSAGE_LENGTH ? message : message.substring(0, MAX_MESSAGE_LENGTH) + "…";
    }

    QueryFinding finding() {
        return finding;
    }
}
