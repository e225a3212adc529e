package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.language.schema.SchemaIr;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is to become of staged schema files that an interrupted schema apply left (graph-format.md 4.6). */
enum StagedSchemaFate {
    /** There are none. */
    NONE,
    /** They belong to a schema apply with a sidecar, and share its ending. */
    AS_THE_WRITE,
    /** They are the schema of a migration that is published. */
    PROMOTE,
    /** They are of a migration that is not published, or are in force already. */
    DISCARD,
    /** Nothing tells whether their migration is published. */
    AMBIGUOUS;

    /**
     * What names alone decide. A set that was never completed was never published, whatever sidecar is beside it: here the
     * engine would put half of it in force (H2).
     *
     * @param staged the final names of the files that are staged
     * @param schemaApply whether a sidecar of a schema apply is there
     */
    static Optional<StagedSchemaFate> ofNames(List<String> staged, boolean schemaApply) {
        if (staged.isEmpty()) {
            return Optional.of(NONE);
        }
        if (staged.contains(GraphLayout.SCHEMA_SOURCE) && staged.size() < GraphLayout.SCHEMA_FILES.size()) {
            return Optional.of(DISCARD);
        }
        return schemaApply ? Optional.of(AS_THE_WRITE) : Optional.empty();
    }

    /**
     * What decides where no sidecar tells.
     *
     * @param live the schema that {@code _schema.pg} compiles to
     * @param liveIsWhole whether the other two files agree with it
     * @param source the schema that the staged source compiles to, where it is staged
     * @param hash that is staged
     * @param tables the keys in the manifest's snapshot
     */
    record Evidence(
            SchemaIr live, boolean liveIsWhole, Optional<SchemaIr> source, Optional<String> hash, Set<String> tables) {}

    /**
     * Decides as the engine does, but where it gives up although the data says what to do (H1): a migration that changes
     * no column has changed no data.
     */
    static StagedSchemaFate of(Evidence evidence) {
        return evidence.source().isPresent()
                ? ofCompleteSet(evidence, evidence.source().get())
                : ofRemainder(evidence);
    }

    /** The source is in force already, or was taken away first by whoever discarded the set. */
    private static StagedSchemaFate ofRemainder(Evidence evidence) {
        boolean belongs = evidence.hash().isEmpty()
                || evidence.hash().get().equals(evidence.live().hash());
        if (belongs) {
            return PROMOTE;
        }
        return evidence.liveIsWhole() ? DISCARD : AMBIGUOUS;
    }

    private static StagedSchemaFate ofCompleteSet(Evidence evidence, SchemaIr source) {
        if (source.hash().equals(evidence.live().hash())) {
            return evidence.liveIsWhole() ? DISCARD : PROMOTE;
        }
        SchemaColumns before = SchemaColumns.of(evidence.live());
        SchemaColumns after = SchemaColumns.of(source);
        if (before.byTable().keySet().equals(after.byTable().keySet())) {
            return before.equals(after) ? DISCARD : AMBIGUOUS;
        }
        if (evidence.tables().equals(before.byTable().keySet())) {
            return DISCARD;
        }
        return evidence.tables().equals(after.byTable().keySet()) ? PROMOTE : AMBIGUOUS;
    }
}
