package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.TableObservation;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import dev.omnigraph.controlplane.language.schema.SchemaIr;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the accepted schema follow the source where an engine put only the first of the staged files in force
 * (graph-format.md 4.6, H2). Their order makes the source the newest of the three.
 */
final class ContractRepair {

    private final RecoveringGraph graph;
    private final RecoveryServices services;

    ContractRepair(RecoveringGraph graph, RecoveryServices services) {
        this.graph = graph;
        this.services = services;
    }

    /**
     * Checks that the schema files agree, and makes them agree where it is certain how.
     *
     * @param ourApplyDied whether a schema apply of ours is known to have died on this graph
     * @throws UnopenableException when they do not, and no interrupted schema apply explains it
     */
    void ensure(boolean ourApplyDied)
            throws UnopenableException, IOException, LanceException, MalformedManifestException,
                    RecoveryStuckException {
        try {
            graph.contract().require();
        } catch (UnopenableException e) {
            if (e.outcome() instanceof GraphObservation.Unknown) {
                throw e;
            }
            Optional<CompiledSchema> promoted = promoted(ourApplyDied);
            if (promoted.isEmpty()) {
                throw e;
            }
            graph.texts().put(GraphLayout.SCHEMA_IR, promoted.get().ir().prettyText());
            graph.texts().put(GraphLayout.SCHEMA_STATE, promoted.get().state().text());
        }
    }

    /** The schema of the source, where the tables are proof that it was published. */
    private Optional<CompiledSchema> promoted(boolean ourApplyDied)
            throws IOException, LanceException, MalformedManifestException, RecoveryStuckException {
        Optional<String> source = graph.texts().read(GraphLayout.SCHEMA_SOURCE);
        Optional<String> accepted = graph.texts().read(GraphLayout.SCHEMA_IR);
        if (source.isEmpty() || accepted.isEmpty()) {
            return Optional.empty();
        }
        try {
            CompiledSchema schema = CompiledSchema.compile(source.get());
            SchemaIr old = SchemaIr.parse(accepted.get());
            Map<String, List<String>> columns = columns();
            boolean followed = old.hash().equals(schema.ir().hash())
                    || !SchemaColumns.of(old).fit(columns.keySet(), columns);
            return SchemaColumns.of(schema.ir()).fit(columns.keySet(), columns) && (followed || ourApplyDied)
                    ? Optional.of(schema)
                    : Optional.empty();
        } catch (LanguageException e) {
            return Optional.empty();
        }
    }

    private Map<String, List<String>> columns()
            throws IOException, LanceException, MalformedManifestException, RecoveryStuckException {
        Map<String, List<String>> columns = new HashMap<>();
        for (TableObservation table :
                services.manifests().read(graph.manifest()).tables()) {
            columns.put(table.key(), services.versions().columns(graph.root().resolve(table.path()), table.version()));
        }
        return columns;
    }
}
