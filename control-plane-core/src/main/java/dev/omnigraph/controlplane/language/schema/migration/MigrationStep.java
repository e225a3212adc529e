package dev.omnigraph.controlplane.language.schema.migration;

import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.language.schema.Annotation;
import dev.omnigraph.controlplane.language.schema.Constraint;
import dev.omnigraph.controlplane.language.schema.PropertyType;
import dev.omnigraph.controlplane.language.schema.SchemaJson;
import dev.omnigraph.controlplane.language.schema.TypeKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One step of a migration (schema-language.md 8.1). Types are named as the desired schema names them. */
public sealed interface MigrationStep {

    /** The JSON form, keys in normative order. */
    JsonObject toJson();

    /** One line for people. */
    String describe();

    /** Whether it takes rows or values out of sight. What is dropped of an interface is dropped by the types that have it. */
    default boolean dropsData() {
        return false;
    }

    /** A type that the accepted schema does not have, with everything in it. */
    record AddType(TypeKind typeKind, String name) implements MigrationStep {
        @Override
        public JsonObject toJson() {
            return json("add_type", typeKind).put("name", name).build();
        }

        @Override
        public String describe() {
            return "add " + typeKind.word() + " type " + name;
        }
    }

    /** A type that goes on under another name. */
    record RenameType(TypeKind typeKind, String from, String to) implements MigrationStep {
        @Override
        public JsonObject toJson() {
            return json("rename_type", typeKind).put("from", from).put("to", to).build();
        }

        @Override
        public String describe() {
            return "rename " + typeKind.word() + " type " + from + " to " + to;
        }
    }

    /** A nullable property, empty in every row there is. */
    record AddProperty(TypeKind typeKind, String typeName, String propertyName, PropertyType propertyType)
            implements MigrationStep {
        @Override
        public JsonObject toJson() {
            return json("add_property", typeKind)
                    .put("type_name", typeName)
                    .put("property_name", propertyName)
                    .put("property_type", SchemaJson.of(propertyType))
                    .build();
        }

        @Override
        public String describe() {
            return "add property " + propertyName + ": " + propertyType.displayName() + " to " + typeKind.word()
                    + " type " + typeName;
        }
    }

    /** A property that goes on under another name. */
    record RenameProperty(TypeKind typeKind, String typeName, String from, String to) implements MigrationStep {
        @Override
        public JsonObject toJson() {
            return json("rename_property", typeKind)
                    .put("type_name", typeName)
                    .put("from", from)
                    .put("to", to)
                    .build();
        }

        @Override
        public String describe() {
            return "rename property " + from + " of " + typeKind.word() + " type " + typeName + " to " + to;
        }
    }

    /** An index; no other constraint can be added to a type that exists. */
    record AddConstraint(TypeKind typeKind, String typeName, Constraint.Index constraint) implements MigrationStep {
        @Override
        public JsonObject toJson() {
            return json("add_constraint", typeKind)
                    .put("type_name", typeName)
                    .put("constraint", SchemaJson.of(constraint))
                    .build();
        }

        @Override
        public String describe() {
            return "index " + String.join(", ", constraint.columns()) + " of " + typeKind.word() + " type " + typeName;
        }
    }

    /**
     * Another description or instruction of a type.
     *
     * @param annotations all that the type is to have; may be none
     */
    record UpdateTypeMetadata(TypeKind typeKind, String name, List<Annotation> annotations) implements MigrationStep {
        public UpdateTypeMetadata {
            annotations = List.copyOf(annotations);
        }

        @Override
        public JsonObject toJson() {
            return json("update_type_metadata", typeKind)
                    .put("name", name)
                    .put("annotations", SchemaJson.of(annotations))
                    .build();
        }

        @Override
        public String describe() {
            return "set metadata of " + typeKind.word() + " type " + name + " to " + inWords(annotations);
        }
    }

    /**
     * Another description of a property.
     *
     * @param annotations all that the property is to have; may be none
     */
    record UpdatePropertyMetadata(TypeKind typeKind, String typeName, String propertyName, List<Annotation> annotations)
            implements MigrationStep {
        public UpdatePropertyMetadata {
            annotations = List.copyOf(annotations);
        }

        @Override
        public JsonObject toJson() {
            return json("update_property_metadata", typeKind)
                    .put("type_name", typeName)
                    .put("property_name", propertyName)
                    .put("annotations", SchemaJson.of(annotations))
                    .build();
        }

        @Override
        public String describe() {
            return "set metadata of property " + propertyName + " of " + typeKind.word() + " type " + typeName + " to "
                    + inWords(annotations);
        }
    }

    /** A type that the desired schema does not have. */
    record DropType(TypeKind typeKind, String name, DropMode mode) implements MigrationStep {
        @Override
        public JsonObject toJson() {
            return json("drop_type", typeKind)
                    .put("name", name)
                    .put("mode", mode.word())
                    .build();
        }

        @Override
        public String describe() {
            return "drop " + typeKind.word() + " type " + name + " (" + mode.word() + ")";
        }

        @Override
        public boolean dropsData() {
            return typeKind != TypeKind.INTERFACE;
        }
    }

    /** A property that the desired type does not have. */
    record DropProperty(TypeKind typeKind, String typeName, String propertyName, DropMode mode)
            implements MigrationStep {
        @Override
        public JsonObject toJson() {
            return json("drop_property", typeKind)
                    .put("type_name", typeName)
                    .put("property_name", propertyName)
                    .put("mode", mode.word())
                    .build();
        }

        @Override
        public String describe() {
            return "drop property " + propertyName + " of " + typeKind.word() + " type " + typeName + " (" + mode.word()
                    + ")";
        }

        @Override
        public boolean dropsData() {
            return typeKind != TypeKind.INTERFACE;
        }
    }

    /**
     * A difference that no migration makes. A plan with one of these is not applied at all.
     *
     * @param entity {@code node:Person} or {@code node:Person.age}
     * @param reason what cannot be done, and what can be done instead
     */
    record UnsupportedChange(String entity, String reason, Optional<ChangeCode> code) implements MigrationStep {
        @Override
        public JsonObject toJson() {
            return JsonObject.builder()
                    .put("kind", "unsupported_change")
                    .put("entity", entity)
                    .put("reason", reason)
                    .putIfPresent("code", code.map(ChangeCode::code))
                    .build();
        }

        @Override
        public String describe() {
            return "cannot change " + entity + ": " + message();
        }

        /** The reason behind its code, if it has one. */
        public String message() {
            return code.map(some -> "[" + some.code() + "] ").orElse("") + reason;
        }
    }

    private static JsonObject.Builder json(String kind, TypeKind typeKind) {
        return JsonObject.builder().put("kind", kind).put("type_kind", typeKind.word());
    }

    private static String inWords(List<Annotation> annotations) {
        return annotations.isEmpty()
                ? "none"
                : annotations.stream()
                        .map(annotation -> "@" + annotation.name() + "("
                                + JsonText.compact(
                                        new JsonString(annotation.value().orElse(""))) + ")")
                        .collect(Collectors.joining(", "));
    }
}
