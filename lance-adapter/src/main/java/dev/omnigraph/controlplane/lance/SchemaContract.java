package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import dev.omnigraph.controlplane.language.schema.SchemaIr;
import dev.omnigraph.controlplane.language.schema.SchemaState;
import dev.omnigraph.controlplane.storage.GetOutcome;

/**
 * That the three schema files of a graph agree: the source compiles to the accepted schema, and the recorded hash is
 * that schema's (graph-format.md 4.1).
 *
 * <p>Where both files of the accepted schema are missing, the engine writes them from the source, even when it opens for
 * reading only. Looking must not write, and until they are written the graph has no accepted schema: it does not open.
 */
final class SchemaContract {

    private static final String DISAGREEMENT =
            "; it was edited by hand, or files of two graphs were mixed. Restore the files that belong together";

    private final SchemaFiles files;

    SchemaContract(SchemaFiles files) {
        this.files = files;
    }

    /** The schema of the graph. */
    CompiledSchema require() throws UnopenableException {
        CompiledSchema live = compile();
        SchemaIr accepted = parseIr(require(GraphLayout.SCHEMA_IR));
        SchemaState state = parseState(require(GraphLayout.SCHEMA_STATE));
        if (!accepted.hash().equals(state.irHash())) {
            throw UnopenableException.notOpenable(GraphLayout.SCHEMA_IR + " is not the schema whose hash "
                    + GraphLayout.SCHEMA_STATE + " records" + DISAGREEMENT);
        }
        if (!live.ir().hash().equals(state.irHash())) {
            throw UnopenableException.notOpenable(GraphLayout.SCHEMA_SOURCE + " is not the schema that the graph has"
                    + " accepted, which " + GraphLayout.SCHEMA_IR + " holds" + DISAGREEMENT);
        }
        return live;
    }

    private CompiledSchema compile() throws UnopenableException {
        try {
            return CompiledSchema.compile(require(GraphLayout.SCHEMA_SOURCE));
        } catch (LanguageException e) {
            throw UnopenableException.because(GraphLayout.SCHEMA_SOURCE + " does not compile: " + e.getMessage(), e);
        }
    }

    private static SchemaIr parseIr(String text) throws UnopenableException {
        try {
            return SchemaIr.parse(text);
        } catch (LanguageException e) {
            throw UnopenableException.because(GraphLayout.SCHEMA_IR + " is invalid: " + e.getMessage(), e);
        }
    }

    private static SchemaState parseState(String text) throws UnopenableException {
        try {
            return SchemaState.parse(text);
        } catch (LanguageException e) {
            throw UnopenableException.because(GraphLayout.SCHEMA_STATE + " is invalid: " + e.getMessage(), e);
        }
    }

    private String require(String name) throws UnopenableException {
        GetOutcome outcome = files.read(name);
        if (outcome instanceof GetOutcome.Unknown unknown) {
            throw UnopenableException.unknown(name + " cannot be read: " + unknown.reason());
        }
        if (outcome instanceof GetOutcome.Unusable unusable) {
            throw UnopenableException.notOpenable(name + " cannot be read: " + unusable.reason());
        }
        if (!(outcome instanceof GetOutcome.Found found)) {
            throw UnopenableException.notOpenable(name + " is missing, so it is not known what the graph may hold");
        }
        return found.object().text().orElseThrow(() -> UnopenableException.notOpenable(name + " is not UTF-8"));
    }
}
