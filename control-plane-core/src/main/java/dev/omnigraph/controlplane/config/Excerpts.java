package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.digest.Utf8;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.SourceExcerpt;
import dev.omnigraph.controlplane.language.query.QueryFinding;

/**
 * Messages about sources that end with the line in question and a caret below it. Not for {@code cluster.yaml}, where that
 * line may hold a secret that does not belong there.
 */
final class Excerpts {

    private Excerpts() {}

    static String message(LanguageException error, String source) {
        return error.getMessage()
                + error.position()
                        .map(position -> "\n" + SourceExcerpt.of(source, position))
                        .orElse("");
    }

    static String message(LanguageException error, byte[] source) {
        return Utf8.decode(source).map(text -> message(error, text)).orElseGet(error::getMessage);
    }

    static String message(QueryFinding finding, String source) {
        return finding.text() + "\n" + SourceExcerpt.of(source, finding.position());
    }
}
