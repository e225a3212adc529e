package dev.omnigraph.controlplane.language.schema;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.SourceScanner;

/** Turns the source of a schema into its declarations: passes P1 to P5 (schema-language.md 5.1). Thread-safe. */
public final class SchemaParser {

    private SchemaParser() {}

    /**
     * Parses and checks a source, up to what needs the types of the whole schema.
     *
     * @throws LanguageException at the first thing refused, by the first pass that refuses anything
     */
    public static SchemaDeclarations parse(String source) throws LanguageException {
        SourceScanner scanner = SourceScanner.of(source);
        SchemaSyntax syntax = new SyntaxParser(scanner).parse();
        SchemaDeclarations declared = new DeclarationReader(scanner).read(syntax);
        SchemaDeclarations resolved = new InterfaceResolver(declared).resolve();
        AnnotationRules.check(resolved);
        ConstraintRules.check(resolved);
        return resolved;
    }
}
