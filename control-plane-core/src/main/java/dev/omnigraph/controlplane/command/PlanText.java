package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.language.schema.migration.DataEffect;
import dev.omnigraph.controlplane.language.schema.migration.MigrationStep;
import dev.omnigraph.controlplane.plan.Change;
import dev.omnigraph.controlplane.plan.ChangeOperation;
import dev.omnigraph.controlplane.plan.ChangeReason;
import dev.omnigraph.controlplane.plan.Disposition;
import dev.omnigraph.controlplane.plan.Gate;
import dev.omnigraph.controlplane.plan.HistoryDestruction;
import dev.omnigraph.controlplane.plan.MetadataChange;
import dev.omnigraph.controlplane.plan.Migration;
import dev.omnigraph.controlplane.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan as a person reads it in a terminal: what would happen to what, what is in the way, what has to be decided. */
public final class PlanText {

    /** As many digits of a digest as tell two apart at a glance. */
    private static final int SHOWN_DIGEST_LENGTH = 12;

    private PlanText() {}

    /** The whole plan, ending with a line break. */
    public static String render(PlanOutput output) {
        StringBuilder text = new StringBuilder();
        output.plan().ifPresent(plan -> renderPlan(plan, text));
        renderDiagnostics(output.diagnostics(), text);
        if (output.plan().isEmpty()) {
            text.append("No plan: correct the errors above first.\n");
        }
        return text.toString();
    }

    private static void renderPlan(Plan plan, StringBuilder text) {
        if (plan.changes().isEmpty()) {
            text.append("No changes: what is recorded is what is declared.\n");
        }
        plan.changes().forEach(change -> renderChange(change, text));
        plan.requiredGates().forEach(gate -> renderGate(gate, text));
        plan.possibleGates().forEach(gate -> renderPossibleGate(gate, text));
        if (!plan.changes().isEmpty()) {
            text.append('\n').append(summary(plan.changes())).append('\n');
        }
        text.append("Plan digest: ").append(plan.digest()).append('\n');
    }

    private static void renderChange(Change change, StringBuilder text) {
        text.append("  ")
                .append(sign(change.operation()))
                .append(' ')
                .append(change.resource().text())
                .append(digests(change))
                .append(verdict(change))
                .append('\n');
        change.migration().ifPresent(migration -> renderMigration(migration, text));
    }

    private static void renderMigration(Migration migration, StringBuilder text) {
        List<MigrationStep> steps = migration.plan().steps();
        for (int i = 0; i < steps.size(); i++) {
            text.append("      ").append(steps.get(i).describe());
            if (!migration.effects().isEmpty()) {
                text.append(effect(migration.effects().get(i)));
            }
            text.append('\n');
        }
        if (steps.isEmpty()) {
            text.append("      only the text of the schema changes\n");
        }
    }

    private static String effect(DataEffect effect) {
        List<String> parts = new ArrayList<>();
        if (effect.rowsRewritten() > 0) {
            parts.add("rewrites " + effect.rowsRewritten() + " rows, " + effect.bytesRewritten() + " bytes");
        }
        if (effect.rowsLosingValue() > 0) {
            parts.add(effect.rowsLosingValue() + " rows lose a value");
        }
        return parts.isEmpty() ? "" : "  (" + String.join("; ", parts) + ")";
    }

    private static char sign(ChangeOperation operation) {
        return switch (operation) {
            case CREATE -> '+';
            case UPDATE -> '~';
            case DELETE -> '-';
        };
    }

    private static String digests(Change change) {
        if (change.difference().metadata().isPresent()) {
            MetadataChange metadata = change.difference().metadata().get();
            return switch (metadata) {
                case POLICY_BINDINGS -> "  (bindings)";
                case EMBEDDING_PROFILE -> "  (profile)";
            };
        }
        if (change.operation() != ChangeOperation.UPDATE) {
            return "";
        }
        return "  " + shortened(change.difference().before().orElse("")) + " -> "
                + shortened(change.difference().after().orElse(""));
    }

    private static String shortened(String digest) {
        return digest.substring(0, Math.min(SHOWN_DIGEST_LENGTH, digest.length()));
    }

    private static String verdict(Change change) {
        if (change.disposition() == Disposition.APPLIED) {
            return "";
        }
        if (change.disposition() == Disposition.DERIVED) {
            return "  (follows from the changes below it)";
        }
        return "  " + change.disposition().wire().toUpperCase(Locale.ROOT) + ": "
                + change.reason().map(ChangeReason::explanation).orElse("no reason is known");
    }

    private static void renderGate(Gate gate, StringBuilder text) {
        text.append("  ! ")
                .append(gate.resource().text())
                .append(gate.satisfied() ? "  is approved\n" : "  needs an approval: it destroys stored data\n");
    }

    /** Nothing is lost by a soft drop, so what an approval would do is spelled out. */
    private static void renderPossibleGate(Gate gate, StringBuilder text) {
        text.append("  ? ")
                .append(gate.resource().text())
                .append(standing(gate))
                .append('\n');
        if (gate.destruction().orElse(null) instanceof HistoryDestruction what) {
            for (HistoryDestruction.Drop drop : what.drops()) {
                text.append("      ")
                        .append(drop.step().describe())
                        .append(", ")
                        .append(drop.rows())
                        .append(" rows: removes ")
                        .append(drop.erased())
                        .append(". Stays: ")
                        .append(drop.remains())
                        .append('\n');
            }
        }
    }

    private static String standing(Gate gate) {
        if (gate.satisfied()) {
            return "  is approved: its drops remove data for good";
        }
        return gate.obstacle()
                .map(obstacle -> "  drops softly, and no approval can change that: " + obstacle)
                .orElse("  drops softly; an approval lets it remove data for good");
    }

    private static String summary(List<Change> changes) {
        return count(changes, ChangeOperation.CREATE) + " to create, " + count(changes, ChangeOperation.UPDATE)
                + " to change, " + count(changes, ChangeOperation.DELETE) + " to delete; "
                + changes.stream()
                        .filter(change -> change.disposition() == Disposition.BLOCKED
                                || change.disposition() == Disposition.DEFERRED)
                        .count()
                + " of them would not be carried out.";
    }

    private static long count(List<Change> changes, ChangeOperation operation) {
        return changes.stream()
                .filter(change -> change.operation() == operation)
                .count();
    }

    private static void renderDiagnostics(List<Diagnostic> diagnostics, StringBuilder text) {
        for (Diagnostic diagnostic : diagnostics) {
            text.append(diagnostic.severity().wire().toUpperCase(Locale.ROOT))
                    .append(' ')
                    .append(diagnostic.code().wire())
                    .append(' ')
                    .append(diagnostic.path())
                    .append(": ")
                    .append(diagnostic.message())
                    .append('\n');
        }
    }
}
