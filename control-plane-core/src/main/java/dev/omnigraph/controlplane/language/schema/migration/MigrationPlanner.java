package dev.omnigraph.controlplane.language.schema.migration;

import dev.omnigraph.controlplane.language.schema.Annotation;
import dev.omnigraph.controlplane.language.schema.SchemaIr;
import dev.omnigraph.controlplane.language.schema.TypeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans a migration from the schema that a graph has accepted to a desired one (schema-language.md 8.2). It never fails,
 * and it does not check that the desired schema holds together; compiling it does.
 */
public final class MigrationPlanner {

    private final SchemaIr accepted;
    private final SchemaIr desired;
    private final List<MigrationStep> steps = new ArrayList<>();
    private final Map<String, String> newNodeNames = new HashMap<>();

    private MigrationPlanner(SchemaIr accepted, SchemaIr desired) {
        this.accepted = accepted;
        this.desired = desired;
    }

    /** The plan, with soft drops. */
    public static MigrationPlan plan(SchemaIr accepted, SchemaIr desired) {
        MigrationPlanner planner = new MigrationPlanner(accepted, desired);
        planner.interfaces();
        planner.nodes();
        planner.edges();
        return new MigrationPlan(planner.steps);
    }

    private void interfaces() {
        Matching<SchemaIr.Interface> matching = new Matching<>(accepted.interfaces(), SchemaIr.Interface::name);
        for (SchemaIr.Interface type : desired.interfaces()) {
            Optional<SchemaIr.Interface> partner = matching.partnerOf(type.name(), List.of());
            if (partner.isPresent()) {
                inside(type).properties(partner.get().properties(), type.properties());
            } else {
                steps.add(new MigrationStep.AddType(TypeKind.INTERFACE, type.name()));
            }
        }
        for (SchemaIr.Interface type : matching.unmatched()) {
            unsupported(type, "interfaces cannot be removed; declare " + type.name() + " still, unused");
        }
    }

    private void nodes() {
        Matching<SchemaIr.Node> matching = new Matching<>(accepted.nodes(), SchemaIr.Node::name);
        for (SchemaIr.Node node : desired.nodes()) {
            Optional<SchemaIr.Node> partner = matching.partnerOf(node.name(), node.annotations());
            if (partner.isPresent()) {
                change(partner.get(), node);
            } else {
                add(node, node.annotations());
            }
        }
        matching.unmatched().forEach(this::drop);
    }

    private void change(SchemaIr.Node before, SchemaIr.Node after) {
        if (renameIfNeeded(before, after)) {
            newNodeNames.put(before.name(), after.name());
        }
        if (!new HashSet<>(before.interfaces()).equals(new HashSet<>(after.interfaces()))) {
            unsupported(after, "which interfaces " + after.name() + " implements cannot change");
        }
        TypeMigration inside = inside(after);
        inside.typeAnnotations(before.annotations(), after.annotations());
        inside.properties(before.properties(), after.properties());
        inside.constraints(before.constraints(), after.constraints());
    }

    private void edges() {
        Matching<SchemaIr.Edge> matching = new Matching<>(accepted.edges(), SchemaIr.Edge::name);
        for (SchemaIr.Edge edge : desired.edges()) {
            Optional<SchemaIr.Edge> partner = matching.partnerOf(edge.name(), edge.annotations());
            if (partner.isPresent()) {
                change(partner.get(), edge);
            } else {
                add(edge, edge.annotations());
            }
        }
        matching.unmatched().forEach(this::drop);
    }

    private void change(SchemaIr.Edge before, SchemaIr.Edge after) {
        renameIfNeeded(before, after);
        if (!newNodeName(before.fromType()).equals(after.fromType())
                || !newNodeName(before.toType()).equals(after.toType())) {
            unsupported(
                    after,
                    "the ends of " + after.name() + " cannot change from " + before.fromType() + " -> "
                            + before.toType() + " to " + after.fromType() + " -> " + after.toType()
                            + "; add another edge type");
        }
        if (!before.cardinality().equals(after.cardinality())) {
            unsupported(after, "the cardinality of " + after.name() + " cannot change");
        }
        TypeMigration inside = inside(after);
        inside.typeAnnotations(before.annotations(), after.annotations());
        inside.properties(before.properties(), after.properties());
        inside.constraints(before.constraints(), after.constraints());
    }

    private void add(SchemaIr.Type type, List<Annotation> annotations) {
        Optional<String> formerName = Matching.formerName(annotations);
        if (formerName.isPresent()) {
            unsupported(
                    type,
                    type.name() + " is to be renamed from '" + formerName.get() + "', but the accepted schema has no "
                            + type.kind().word() + " type of that name; correct it, or leave @rename_from out to add"
                            + " the type");
        } else {
            steps.add(new MigrationStep.AddType(type.kind(), type.name()));
        }
    }

    private void drop(SchemaIr.Type type) {
        steps.add(new MigrationStep.DropType(type.kind(), type.name(), DropMode.SOFT));
    }

    private boolean renameIfNeeded(SchemaIr.Type before, SchemaIr.Type after) {
        boolean renamed = !before.name().equals(after.name());
        if (renamed) {
            steps.add(new MigrationStep.RenameType(after.kind(), before.name(), after.name()));
        }
        return renamed;
    }

    private void unsupported(SchemaIr.Type type, String reason) {
        steps.add(
                new MigrationStep.UnsupportedChange(type.kind().word() + ":" + type.name(), reason, Optional.empty()));
    }

    private TypeMigration inside(SchemaIr.Type type) {
        return new TypeMigration(type.kind(), type.name(), steps);
    }

    private String newNodeName(String name) {
        return newNodeNames.getOrDefault(name, name);
    }
}
