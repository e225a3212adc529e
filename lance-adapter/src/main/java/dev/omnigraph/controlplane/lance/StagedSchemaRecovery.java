package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.TableObservation;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import dev.omnigraph.controlplane.language.schema.SchemaIr;
import dev.omnigraph.controlplane.language.schema.SchemaState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Ends what there is of staged schema files, but where that is the ending of an interrupted write. */
final class StagedSchemaRecovery {

    private final RecoveringGraph graph;

    StagedSchemaRecovery(RecoveringGraph graph) {
        this.graph = graph;
    }

    /** Decides and does what is to become of them; with a schema apply among the sidecars it is left to that. */
    StagedSchemaFate recover(ManifestState main, List<RecoverySidecars.Stored> sidecars)
            throws IOException, RecoveryStuckException {
        boolean schemaApply =
                sidecars.stream().anyMatch(stored -> stored.sidecar().writer() == WriterKind.SCHEMA_APPLY);
        Optional<StagedSchemaFate> obvious =
                StagedSchemaFate.ofNames(graph.staging().present(), schemaApply);
        StagedSchemaFate fate = obvious.isPresent() ? obvious.get() : StagedSchemaFate.of(evidence(main));
        switch (fate) {
            case NONE, AS_THE_WRITE -> {}
            case PROMOTE -> graph.staging().promote();
            case DISCARD -> graph.staging().discard();
            case AMBIGUOUS ->
                throw new RecoveryStuckException("schema files are staged, and nothing tells whether their"
                        + " migration was published. Nothing was changed; compare them with the tables, then give them the"
                        + " names of those in force, or remove them");
        }
        return fate;
    }

    private StagedSchemaFate.Evidence evidence(ManifestState main) throws IOException, RecoveryStuckException {
        Optional<SchemaIr> live = compile(graph.texts().read(GraphLayout.SCHEMA_SOURCE), GraphLayout.SCHEMA_SOURCE);
        if (live.isEmpty()) {
            throw new RecoveryStuckException(
                    GraphLayout.SCHEMA_SOURCE + " is missing. Nothing was changed; restore it");
        }
        return new StagedSchemaFate.Evidence(
                live.get(),
                isWhole(),
                compile(graph.staging().read(GraphLayout.SCHEMA_SOURCE), "the staged " + GraphLayout.SCHEMA_SOURCE),
                hash(graph.staging().read(GraphLayout.SCHEMA_STATE)),
                main.tables().stream().map(TableObservation::key).collect(Collectors.toSet()));
    }

    private boolean isWhole() throws IOException {
        try {
            graph.contract().require();
            return true;
        } catch (UnopenableException e) {
            if (e.outcome() instanceof GraphObservation.Unknown) {
                throw new IOException(e.getMessage(), e);
            }
            return false;
        }
    }

    private static Optional<SchemaIr> compile(Optional<String> source, String name) throws RecoveryStuckException {
        if (source.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(CompiledSchema.compile(source.get()).ir());
        } catch (LanguageException e) {
            throw new RecoveryStuckException(
                    name + " does not compile. Nothing was changed; restore it: " + e.getMessage(), e);
        }
    }

    private static Optional<String> hash(Optional<String> state) throws RecoveryStuckException {
        if (state.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(SchemaState.parse(state.get()).irHash());
        } catch (LanguageException e) {
            throw new RecoveryStuckException(
                    "the staged " + GraphLayout.SCHEMA_STATE + " is invalid. Nothing was changed; restore it: "
                            + e.getMessage(),
                    e);
        }
    }
}
