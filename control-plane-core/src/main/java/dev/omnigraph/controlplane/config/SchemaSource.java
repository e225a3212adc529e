package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog;
import dev.omnigraph.controlplane.language.schema.SchemaDeclarations;
import dev.omnigraph.controlplane.language.schema.SchemaParser;

/** A schema that queries can be checked against, with the digest of its file. */
record SchemaSource(String digest, SchemaCatalog catalog) {

    /** The catalog of a schema's text. */
    static Parsed<SchemaCatalog> parse(String text) {
        SchemaDeclarations declarations;
        try {
            declarations = SchemaParser.parse(text);
        } catch (LanguageException e) {
            return new Parsed.Refused<>(DiagnosticCode.SCHEMA_PARSE_ERROR, Excerpts.message(e, text));
        }
        try {
            return new Parsed.Usable<>(SchemaCatalog.build(declarations));
        } catch (LanguageException e) {
            return new Parsed.Refused<>(DiagnosticCode.SCHEMA_CATALOG_ERROR, Excerpts.message(e, text));
        }
    }
}
