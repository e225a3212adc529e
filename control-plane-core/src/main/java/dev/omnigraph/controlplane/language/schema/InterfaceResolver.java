package dev.omnigraph.controlplane.language.schema;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.Located;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pass P3: gives nodes the properties of the interfaces they implement (schema-language.md 5.3). */
final class InterfaceResolver {

    /**
     * How many properties all nodes together may take over. A short source can ask for a product of its size with
     * itself.
     */
    static final int MAX_INHERITED_PROPERTIES = 200_000;

    private final SchemaDeclarations declared;
    private final Map<String, SchemaDeclarations.Interface> interfaces = new HashMap<>();
    private int inherited;

    InterfaceResolver(SchemaDeclarations declared) {
        this.declared = declared;
        declared.interfaces().forEach(type -> interfaces.put(type.name(), type));
    }

    SchemaDeclarations resolve() throws LanguageException {
        List<SchemaDeclarations.Declaration> resolved = new ArrayList<>();
        for (SchemaDeclarations.Declaration declaration : declared.declarations()) {
            resolved.add(declaration instanceof SchemaDeclarations.Node node ? resolve(node) : declaration);
        }
        return new SchemaDeclarations(resolved);
    }

    private SchemaDeclarations.Node resolve(SchemaDeclarations.Node node) throws LanguageException {
        List<SchemaDeclarations.Property> properties = new ArrayList<>(node.properties());
        List<Located<Constraint>> constraints = new ArrayList<>(node.constraints());
        Map<String, SchemaDeclarations.Property> byName = new HashMap<>();
        node.properties().forEach(property -> byName.putIfAbsent(property.name(), property));
        for (Located<String> name : node.interfaces()) {
            for (SchemaDeclarations.Property property : interfaceOf(node, name).properties()) {
                countInherited(name);
                SchemaDeclarations.Property own = byName.putIfAbsent(property.name(), property);
                if (own == null) {
                    properties.add(property);
                    constraints.addAll(DeclarationReader.impliedConstraints(property));
                } else if (!own.type().equals(property.type())) {
                    throw conflict(node, name, own, property);
                }
            }
        }
        return new SchemaDeclarations.Node(
                node.name(), node.position(), node.annotations(), node.interfaces(), properties, constraints);
    }

    private SchemaDeclarations.Interface interfaceOf(SchemaDeclarations.Node node, Located<String> name)
            throws LanguageException {
        SchemaDeclarations.Interface type = interfaces.get(name.value());
        if (type == null) {
            throw new LanguageException(
                    name.position(),
                    "node type " + node.name() + " implements " + name.value()
                            + ", but the schema declares no interface of that name");
        }
        return type;
    }

    private void countInherited(Located<String> name) throws LanguageException {
        inherited++;
        if (inherited > MAX_INHERITED_PROPERTIES) {
            throw new LanguageException(
                    name.position(),
                    "the node types of this schema take over more than " + MAX_INHERITED_PROPERTIES
                            + " properties from interfaces");
        }
    }

    private static LanguageException conflict(
            SchemaDeclarations.Node node,
            Located<String> name,
            SchemaDeclarations.Property own,
            SchemaDeclarations.Property required) {
        return new LanguageException(
                own.position(),
                "property " + node.name() + "." + own.name() + " has type "
                        + own.type().displayName() + ", but interface " + name.value() + " requires "
                        + required.type().displayName());
    }
}
