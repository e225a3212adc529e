package dev.omnigraph.controlplane.language.schema.migration;

import dev.omnigraph.controlplane.digest.Utf8Order;
import dev.omnigraph.controlplane.language.schema.Annotation;
import dev.omnigraph.controlplane.language.schema.Constraint;
import dev.omnigraph.controlplane.language.schema.SchemaIr;
import dev.omnigraph.controlplane.language.schema.TypeKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The steps inside one type that both schemas have (schema-language.md 8.3 to 8.5). */
final class TypeMigration {

    /** Annotations whose effect is compared elsewhere: as constraints, or as names. */
    private static final Set<String> NOT_COMPARED =
            Set.of(Annotation.KEY, Annotation.UNIQUE, Annotation.INDEX, Annotation.RENAME_FROM);

    private static final Set<String> METADATA = Set.of(Annotation.DESCRIPTION, Annotation.INSTRUCTION);

    private final TypeKind kind;
    private final String typeName;
    private final List<MigrationStep> steps;
    private final Map<String, String> newPropertyNames = new HashMap<>();

    /**
     * Steps are appended to {@code steps}.
     *
     * @param typeName the desired name
     */
    TypeMigration(TypeKind kind, String typeName, List<MigrationStep> steps) {
        this.kind = kind;
        this.typeName = typeName;
        this.steps = steps;
    }

    void typeAnnotations(List<Annotation> accepted, List<Annotation> desired) {
        if (!beyondMetadata(accepted).equals(beyondMetadata(desired))) {
            unsupported(
                    typeName,
                    "the annotations of " + typeName + " other than @description and @instruction differ,"
                            + " and those cannot be migrated");
        } else if (!metadata(accepted).equals(metadata(desired))) {
            steps.add(new MigrationStep.UpdateTypeMetadata(kind, typeName, metadata(desired)));
        }
    }

    void properties(List<SchemaIr.Property> accepted, List<SchemaIr.Property> desired) {
        Matching<SchemaIr.Property> matching = new Matching<>(accepted, SchemaIr.Property::name);
        for (SchemaIr.Property property : desired) {
            Optional<SchemaIr.Property> partner = matching.partnerOf(property.name(), property.annotations());
            if (partner.isPresent()) {
                change(partner.get(), property);
            } else {
                add(property);
            }
        }
        for (SchemaIr.Property property : matching.unmatched()) {
            steps.add(new MigrationStep.DropProperty(kind, typeName, property.name(), DropMode.SOFT));
        }
    }

    /** To be called after {@link #properties}, whose renames it follows. */
    void constraints(List<Constraint> accepted, List<Constraint> desired) {
        SortedMap<String, Constraint> before = new TreeMap<>(Utf8Order.COMPARATOR);
        for (Constraint constraint : accepted) {
            Constraint renamed = constraint.renamed(name -> newPropertyNames.getOrDefault(name, name));
            before.put(renamed.sortKey(), renamed);
        }
        SortedMap<String, Constraint> after = new TreeMap<>(Utf8Order.COMPARATOR);
        desired.forEach(constraint -> after.put(constraint.sortKey(), constraint));

        if (!after.keySet().containsAll(before.keySet())) {
            before.keySet().removeAll(after.keySet());
            unsupported(
                    typeName,
                    "constraints cannot be taken away from a type that exists; " + typeName + " would lose "
                            + String.join(", ", before.keySet()) + ". Keep them, or keep the property they are on");
        }
        after.keySet().removeAll(before.keySet());
        after.values().forEach(this::addConstraint);
    }

    private void add(SchemaIr.Property property) {
        Optional<String> formerName = Matching.formerName(property.annotations());
        String member = typeName + "." + property.name();
        if (formerName.isPresent()) {
            unsupported(
                    member,
                    member + " is to be renamed from '" + formerName.get() + "', which the accepted " + typeName
                            + " does not have; correct the name, or leave @rename_from out to add the property");
        } else if (property.type().nullable()) {
            steps.add(new MigrationStep.AddProperty(kind, typeName, property.name(), property.type()));
        } else {
            unsupported(
                    member,
                    member + " is required, so rows that exist, if any, would lack it; add it as "
                            + property.type().displayName() + "?",
                    ChangeCode.REQUIRED_PROPERTY_ADDED);
        }
    }

    private void change(SchemaIr.Property accepted, SchemaIr.Property desired) {
        String member = typeName + "." + desired.name();
        if (!accepted.name().equals(desired.name())) {
            steps.add(new MigrationStep.RenameProperty(kind, typeName, accepted.name(), desired.name()));
            newPropertyNames.put(accepted.name(), desired.name());
        }
        if (!accepted.type().equals(desired.type())) {
            unsupported(
                    member,
                    "changing property type is not possible, not even where it widens, and " + member
                            + " would go from "
                            + accepted.type().displayName() + " to "
                            + desired.type().displayName()
                            + "; add a property of the new type beside it",
                    ChangeCode.PROPERTY_TYPE_CHANGED);
        }
        propertyAnnotations(accepted.annotations(), desired);
    }

    private void propertyAnnotations(List<Annotation> accepted, SchemaIr.Property desired) {
        String member = typeName + "." + desired.name();
        if (!beyondMetadata(accepted).equals(beyondMetadata(desired.annotations()))) {
            unsupported(
                    member,
                    "the annotations of " + member + " other than @description differ, and those cannot be migrated");
        } else if (!metadata(accepted).equals(metadata(desired.annotations()))) {
            steps.add(new MigrationStep.UpdatePropertyMetadata(
                    kind, typeName, desired.name(), metadata(desired.annotations())));
        }
    }

    private void addConstraint(Constraint constraint) {
        if (constraint instanceof Constraint.Index index) {
            steps.add(new MigrationStep.AddConstraint(kind, typeName, index));
        } else {
            unsupported(
                    typeName,
                    "only an index can be added to a type that exists, because its rows are not checked; " + typeName
                            + " would get " + constraint.sortKey());
        }
    }

    private void unsupported(String member, String reason) {
        steps.add(new MigrationStep.UnsupportedChange(kind.word() + ":" + member, reason, Optional.empty()));
    }

    private void unsupported(String member, String reason, ChangeCode code) {
        steps.add(new MigrationStep.UnsupportedChange(kind.word() + ":" + member, reason, Optional.of(code)));
    }

    private static List<Annotation> beyondMetadata(List<Annotation> annotations) {
        return annotations.stream()
                .filter(annotation ->
                        !NOT_COMPARED.contains(annotation.name()) && !METADATA.contains(annotation.name()))
                .toList();
    }

    private static List<Annotation> metadata(List<Annotation> annotations) {
        return annotations.stream()
                .filter(annotation -> METADATA.contains(annotation.name()))
                .toList();
    }
}
