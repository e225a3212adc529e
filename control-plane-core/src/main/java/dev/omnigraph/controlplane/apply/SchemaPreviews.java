package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.graph.BranchHeads;
import dev.omnigraph.controlplane.graph.SchemaPreview;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.plan.HistoryDestruction;
import dev.omnigraph.controlplane.plan.Migration;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the changed schemas of a configuration would do to their graphs, looked at live (control-plane.md 8.7). */
final class SchemaPreviews {

    private SchemaPreviews() {}

    /**
     * Previews every schema that differs from what is recorded, or from what is live where nothing is recorded.
     *
     * @param missing graphs that are not looked at, because nothing is stored at their root
     * @param liveSchemas digests of graphs whose record lost its schema
     * @throws StorageUnavailableException where the storage does not answer
     */
    static SortedMap<String, SchemaPreview> take(
            ClusterContext context,
            DesiredCluster desired,
            Ledger ledger,
            Set<String> missing,
            Map<String, String> liveSchemas) {
        SortedMap<String, SchemaPreview> previews = new TreeMap<>();
        desired.graphs().forEach((id, graph) -> {
            Optional<String> known =
                    ledger.digestOf(new ResourceAddress.Schema(id)).or(() -> Optional.ofNullable(liveSchemas.get(id)));
            Optional<String> changed = graph.schemaSource()
                    .filter(source -> known.isPresent() && !known.get().equals(Sha256.hex(source)));
            if (changed.isPresent() && !missing.contains(id)) {
                previews.put(id, preview(context, id, changed.get()));
            }
        });
        return previews;
    }

    private static SchemaPreview preview(ClusterContext context, String graph, String source) {
        SchemaPreview preview = context.engine()
                .preview(
                        context.root().graphRoot(graph),
                        source,
                        DropMode.SOFT,
                        branch -> context.lockBranches().areLeftByEnded(graph, branch));
        if (preview instanceof SchemaPreview.Unknown unknown) {
            throw new StorageUnavailableException(
                    context.root().graphRoot(graph) + " cannot be looked at: " + unknown.reason());
        }
        return preview;
    }

    /** What the migration of each graph would destroy if its drops were hard, where it has any. */
    static Map<String, HistoryDestruction> destructions(SortedMap<String, SchemaPreview> previews) {
        Map<String, HistoryDestruction> destructions = new HashMap<>();
        previews.forEach((graph, preview) -> {
            if (preview instanceof SchemaPreview.Previewed previewed
                    && previewed.plan().hasDrops()) {
                String seen = Destructions.seen(BranchHeads.Read.ofMain(previewed.headCommit()));
                destructions.put(graph, HistoryDestruction.of(migration(previewed), seen));
            }
        });
        return destructions;
    }

    private static Migration migration(SchemaPreview.Previewed previewed) {
        return new Migration(previewed.plan(), previewed.effects());
    }

    /** What of the previews can be shown: migrations that can be done, and those that no steps lead to. */
    static Map<String, Migration> migrations(SortedMap<String, SchemaPreview> previews) {
        Map<String, Migration> migrations = new HashMap<>();
        previews.forEach((graph, preview) -> {
            if (preview instanceof SchemaPreview.Previewed previewed) {
                migrations.put(graph, migration(previewed));
            } else if (preview instanceof SchemaPreview.Refused refused && isUnsupported(refused)) {
                migrations.put(graph, Migration.unsupported(refused.plan().orElseThrow()));
            }
        });
        return migrations;
    }

    /** One finding for each graph of which nothing can be shown; a migration that is unsupported can be. */
    static List<Diagnostic> findings(SortedMap<String, SchemaPreview> previews) {
        List<Diagnostic> findings = new ArrayList<>();
        previews.forEach((graph, preview) -> obstacle(preview)
                .ifPresent(reason -> findings.add(Diagnostic.of(
                        DiagnosticCode.SCHEMA_PREVIEW_UNAVAILABLE,
                        new ResourceAddress.Schema(graph).text(),
                        "what the schema would do to the graph cannot be shown: " + reason))));
        return findings;
    }

    private static Optional<String> obstacle(SchemaPreview preview) {
        if (preview instanceof SchemaPreview.NotOpenable broken) {
            return Optional.of("the graph does not open: " + broken.reason());
        }
        return preview instanceof SchemaPreview.Refused refused && !isUnsupported(refused)
                ? Optional.of(refused.reason())
                : Optional.empty();
    }

    private static boolean isUnsupported(SchemaPreview.Refused refused) {
        return refused.plan().filter(plan -> !plan.supported()).isPresent();
    }
}
