package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.GraphRoot;
import dev.omnigraph.controlplane.json.JsonBoolean;
import dev.omnigraph.controlplane.json.JsonNull;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.ledger.Catalog;
import dev.omnigraph.controlplane.ledger.CatalogCheck;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.GraphRoots;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerEntry;
import dev.omnigraph.controlplane.ledger.ResourceStatus;
import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.parallel.Pending;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Works what is there into a ledger: first the catalog copies, then each declared graph (control-plane.md 7.7 steps 5 and
 * 6, 7.8). Reads only.
 */
final class LedgerObservation {

    private static final String PHASE = "observe";
    private static final String GRAPH_MISSING = "graph_missing";
    private static final String SCHEMA_MISMATCH = "schema_mismatch";

    private final ClusterContext context;
    private final DesiredCluster desired;
    private final GraphRoots roots;
    private final RunListener listener;
    private final CommandReport report;
    private int failed;

    LedgerObservation(
            ClusterContext context,
            DesiredCluster desired,
            GraphRoots roots,
            RunListener listener,
            CommandReport report) {
        this.context = context;
        this.desired = desired;
        this.roots = roots;
        this.listener = listener;
        this.report = report;
    }

    /**
     * The ledger with everything that was observed.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    Ledger of(Ledger ledger) {
        Ledger observed = withCatalog(ledger);
        for (Map.Entry<String, Optional<GraphObservation>> seen : observations().entrySet()) {
            observed = withGraph(observed, seen.getKey(), seen.getValue());
        }
        if (failed > 0) {
            report.add(
                    DiagnosticCode.GRAPH_OBSERVATION_ERROR,
                    ControlKeys.GRAPHS.path(),
                    failed + " of " + desired.graphs().size()
                            + " graphs could not be looked at; their observations say why");
        }
        return observed;
    }

    private Ledger withCatalog(Ledger ledger) {
        Ledger.Editor editor = ledger.edit();
        Map<ResourceAddress, Catalog.BlobState> states = context.catalogCheck().states(ledger);
        states.forEach((address, state) -> {
            CatalogCheck.finding(address, state).ifPresent(report::add);
            if (state instanceof Catalog.BlobState.Missing) {
                drop(editor, address, "payload_missing", "the catalog copy is not stored");
            } else if (state instanceof Catalog.BlobState.Altered) {
                drop(editor, address, "payload_mismatch", "the catalog copy has other bytes than recorded");
            } else if (state instanceof Catalog.BlobState.Unreadable unreadable) {
                editor.putStatus(
                        address,
                        ResourceStatus.of(
                                ResourceStatus.Kind.ERROR,
                                "payload_read_error",
                                "the catalog copy cannot be read: " + unreadable.reason()));
            }
        });
        return editor.build();
    }

    /** Without its record the resource is planned again, and the next apply stores the copy anew. */
    private static void drop(Ledger.Editor editor, ResourceAddress address, String condition, String message) {
        editor.removeEntry(address)
                .putStatus(
                        address,
                        ResourceStatus.of(
                                ResourceStatus.Kind.DRIFTED, condition, message + "; the next apply stores it again"));
    }

    /** Every declared graph as it is, several looked at at a time; empty where nothing is stored. */
    private Map<String, Optional<GraphObservation>> observations() {
        Map<String, Optional<Pending<GraphObservation>>> looks = new LinkedHashMap<>();
        for (String graph : desired.graphs().keySet()) {
            GraphRoot root = context.root().graphRoot(graph);
            looks.put(
                    graph,
                    roots.isStored(graph)
                            ? Optional.of(context.workers()
                                    .begin(() -> context.engine().observe(root)))
                            : Optional.empty());
        }
        Map<String, Optional<GraphObservation>> seen = new LinkedHashMap<>();
        looks.forEach((graph, look) -> {
            listener.progress(PHASE, Optional.of(new ResourceAddress.Graph(graph).text()), seen.size(), looks.size());
            seen.put(graph, look.map(Pending::get));
        });
        return seen;
    }

    private Ledger withGraph(Ledger ledger, String graph, Optional<GraphObservation> seen) {
        GraphRoot root = context.root().graphRoot(graph);
        if (seen.isEmpty()) {
            return withMissing(ledger, graph, root);
        }
        if (seen.get() instanceof GraphObservation.Opened opened) {
            return withOpened(ledger, graph, root, opened);
        }
        if (seen.get() instanceof GraphObservation.NotOpenable broken) {
            if (isGone(graph)) {
                return withMissing(ledger, graph, root);
            }
            failed++;
            return withBroken(ledger, graph, root, broken.reason());
        }
        throw new StorageUnavailableException(
                root + " cannot be looked at: " + ((GraphObservation.Unknown) seen.get()).reason());
    }

    /** Some stores list a root for a while after the last object below it is gone. */
    private boolean isGone(String graph) {
        PrefixOutcome outcome = context.store().exists(StorageRoot.graphKey(graph));
        if (outcome instanceof PrefixOutcome.Unknown unknown) {
            throw new StorageUnavailableException(
                    "whether anything is left of graph " + graph + " is not known: " + unknown.reason());
        }
        return outcome instanceof PrefixOutcome.Absent;
    }

    private Ledger withMissing(Ledger ledger, String graph, GraphRoot root) {
        String message = "nothing is stored at " + root;
        Ledger.Editor editor = ledger.edit()
                .removeEntry(new ResourceAddress.Graph(graph))
                .removeEntry(new ResourceAddress.Schema(graph));
        setStatus(editor, graph, ResourceStatus.of(ResourceStatus.Kind.DRIFTED, GRAPH_MISSING, message));
        return editor.putObservation(
                        new ResourceAddress.Graph(graph).text(),
                        observation(
                                graph,
                                root,
                                false,
                                JsonNull.INSTANCE,
                                JsonNull.INSTANCE,
                                new JsonBoolean(false),
                                new JsonString(message)))
                .build();
    }

    private Ledger withOpened(Ledger ledger, String graph, GraphRoot root, GraphObservation.Opened opened) {
        ResourceAddress.Graph address = new ResourceAddress.Graph(graph);
        Ledger withSchema = ledger.edit()
                .putEntry(new ResourceAddress.Schema(graph), LedgerEntry.of(opened.schemaDigest()))
                .build();
        Optional<String> provider = ledger.entry(address).flatMap(LedgerEntry::embeddingProvider);
        boolean matches = opened.schemaDigest().equals(desiredSchemaDigest(graph));
        Ledger.Editor editor = withSchema
                .edit()
                .putEntry(address, LedgerEntry.graph(withSchema.compositeDigest(graph, provider), provider));
        setStatus(
                editor,
                graph,
                matches
                        ? ResourceStatus.APPLIED
                        : ResourceStatus.of(
                                ResourceStatus.Kind.DRIFTED,
                                SCHEMA_MISMATCH,
                                "the graph has another schema than the configuration declares"));
        return editor.putObservation(
                        address.text(),
                        observation(
                                graph,
                                root,
                                true,
                                new JsonNumber(Long.toUnsignedString(opened.manifestVersion())),
                                new JsonString(opened.schemaDigest()),
                                new JsonBoolean(matches),
                                JsonNull.INSTANCE))
                .build();
    }

    private Ledger withBroken(Ledger ledger, String graph, GraphRoot root, String reason) {
        Ledger.Editor editor = ledger.edit();
        setStatus(
                editor,
                graph,
                ResourceStatus.of(
                        ResourceStatus.Kind.ERROR,
                        DiagnosticCode.GRAPH_OBSERVATION_ERROR.wire(),
                        "the graph does not open: " + reason));
        return editor.putObservation(
                        new ResourceAddress.Graph(graph).text(),
                        observation(
                                graph,
                                root,
                                true,
                                JsonNull.INSTANCE,
                                JsonNull.INSTANCE,
                                JsonNull.INSTANCE,
                                new JsonString(reason)))
                .build();
    }

    private static void setStatus(Ledger.Editor editor, String graph, ResourceStatus status) {
        editor.putStatus(new ResourceAddress.Graph(graph), status).putStatus(new ResourceAddress.Schema(graph), status);
    }

    /** The shape of control-plane.md 4.3; every key is always there. */
    private JsonObject observation(
            String graph,
            GraphRoot root,
            boolean exists,
            JsonValue manifestVersion,
            JsonValue schemaDigest,
            JsonValue matchesDesired,
            JsonValue error) {
        return JsonObject.builder()
                .put("kind", "graph")
                .put("address", new ResourceAddress.Graph(graph).text())
                .put("graph_uri", root.location())
                .put("observed_at", WireTime.format(context.clock().instant()))
                .put("exists", exists)
                .put("manifest_version", manifestVersion)
                .put("schema_digest", schemaDigest)
                .put("desired_schema_digest", desiredSchemaDigest(graph))
                .put("schema_matches_desired", matchesDesired)
                .put("error", error)
                .build();
    }

    private String desiredSchemaDigest(String graph) {
        return desired.digestOf(new ResourceAddress.Schema(graph)).orElse("");
    }
}
