package dev.omnigraph.controlplane.language.schema;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.Located;
import dev.omnigraph.controlplane.language.SourcePosition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pass P4: which annotation may stand where (schema-language.md 4.1, 4.2). Annotations of an interface are looked at
 * only on the nodes that take them over.
 */
final class AnnotationRules {

    /** Annotations that make sense on a property only. */
    private static final Set<String> OF_PROPERTIES =
            Set.of(Annotation.KEY, Annotation.UNIQUE, Annotation.INDEX, Annotation.EMBED);

    private final TypeKind kind;
    private final String typeName;
    private final Map<String, SchemaDeclarations.Property> properties = new HashMap<>();

    private AnnotationRules(SchemaDeclarations.Declaration type) {
        this.kind = type.kind();
        this.typeName = type.name();
        type.properties().forEach(property -> properties.put(property.name(), property));
    }

    static void check(SchemaDeclarations schema) throws LanguageException {
        for (SchemaDeclarations.Declaration declaration : schema.declarations()) {
            if (declaration instanceof SchemaDeclarations.Node node) {
                new AnnotationRules(node).check(node.annotations(), node.properties());
            } else if (declaration instanceof SchemaDeclarations.Edge edge) {
                new AnnotationRules(edge).check(edge.annotations(), edge.properties());
            }
        }
    }

    private void check(List<Located<Annotation>> ofType, List<SchemaDeclarations.Property> declared)
            throws LanguageException {
        for (Located<Annotation> annotation : ofType) {
            if (OF_PROPERTIES.contains(annotation.value().name())) {
                throw error(annotation, "belongs to a property, not to " + kind.word() + " type " + typeName);
            }
        }
        String target = kind.word() + " type " + typeName;
        checkText(Annotation.DESCRIPTION, target, ofType);
        checkText(Annotation.INSTRUCTION, target, ofType);
        for (SchemaDeclarations.Property property : declared) {
            check(property);
        }
    }

    private static void checkText(String name, String target, List<Located<Annotation>> annotations)
            throws LanguageException {
        boolean seen = false;
        for (Located<Annotation> annotation : annotations) {
            if (!annotation.value().name().equals(name)) {
                continue;
            }
            if (seen) {
                throw error(annotation, "stands twice on " + target);
            }
            if (annotation.value().value().filter(text -> !isBlank(text)).isEmpty()) {
                throw error(annotation, "on " + target + " needs a text that is not blank");
            }
            seen = true;
        }
    }

    private void check(SchemaDeclarations.Property property) throws LanguageException {
        String target = "property " + typeName + "." + property.name();
        checkText(Annotation.DESCRIPTION, target, property.annotations());
        Set<String> seen = new HashSet<>();
        for (Located<Annotation> annotation : property.annotations()) {
            String name = annotation.value().name();
            if (name.equals(Annotation.INSTRUCTION)) {
                throw error(annotation, "belongs to a node or edge type, not to " + target);
            }
            if (OF_PROPERTIES.contains(name)) {
                checkShape(annotation, property.type(), target);
                if (kind == TypeKind.EDGE && (name.equals(Annotation.KEY) || name.equals(Annotation.EMBED))) {
                    throw error(annotation, "is for properties of nodes; " + target + " belongs to an edge");
                }
                if (!seen.add(name)) {
                    throw error(annotation, "stands twice on " + target);
                }
                if (name.equals(Annotation.EMBED)) {
                    checkEmbedding(annotation, property, target);
                }
            }
        }
    }

    private static void checkShape(Located<Annotation> annotation, PropertyType type, String target)
            throws LanguageException {
        String name = annotation.value().name();
        if (type.list()) {
            throw error(annotation, "cannot stand on " + target + ", which is a list");
        }
        if (type.isVector() && (name.equals(Annotation.KEY) || name.equals(Annotation.UNIQUE))) {
            throw error(annotation, "cannot stand on " + target + ", which is a vector");
        }
        if (type.isBlob()) {
            throw error(annotation, "cannot stand on " + target + ", which is a blob");
        }
    }

    private void checkEmbedding(Located<Annotation> embed, SchemaDeclarations.Property property, String target)
            throws LanguageException {
        if (!property.type().isVector()) {
            throw error(
                    embed, "fills vectors; " + target + " is " + property.type().displayName());
        }
        String source = embed.value()
                .value()
                .filter(text -> !isBlank(text))
                .orElseThrow(() -> error(
                        embed,
                        "on " + target + " needs the name of the property that holds the text, as in @embed(title)"));
        for (String argument : embed.value().arguments().keySet()) {
            if (!argument.equals(Annotation.EMBED_MODEL)) {
                throw error(
                        embed,
                        "on " + target + " has the argument '" + argument + "'; it knows only '"
                                + Annotation.EMBED_MODEL + "'");
            }
        }
        SchemaDeclarations.Property text = properties.get(source);
        if (text == null) {
            throw error(
                    embed,
                    "on " + target + " takes its text from '" + source + "', which " + typeName + " does not have");
        }
        if (text.type().list() || !text.type().isString()) {
            throw error(
                    embed,
                    "on " + target + " takes its text from '" + source + "', which is "
                            + text.type().displayName() + " and not a String");
        }
    }

    private static LanguageException error(Located<Annotation> annotation, String message) {
        SourcePosition position = annotation.position();
        return new LanguageException(position, "@" + annotation.value().name() + " " + message);
    }

    /** Whether the text has only white space in the sense of Unicode, which includes the no-break spaces. */
    private static boolean isBlank(String text) {
        return text.codePoints().allMatch(c -> Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == 0x85);
    }
}
