package dev.omnigraph.controlplane.inspection;

import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.digest.Utf8Order;
import dev.omnigraph.controlplane.graph.GraphEngine;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerRead;
import dev.omnigraph.controlplane.ledger.LedgerStore;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Looks at every graph that is declared, recorded or simply there. Opens graphs for reading only. Thread-safe. */
public final class GraphInspector {

    private static final String ROOT_SUFFIX = ".omni";

    private final StorageRoot root;
    private final ObjectStore store;
    private final GraphEngine engine;

    public GraphInspector(StorageRoot root, ObjectStore store, GraphEngine engine) {
        this.root = root;
        this.store = store;
        this.engine = engine;
    }

    /**
     * All graphs.
     *
     * @throws StorageUnavailableException where the storage does not say what is there
     */
    public Inspection inspect(ConfigLoad configuration) {
        Known known = known(configuration);
        SortedSet<String> ids = new TreeSet<>(Utf8Order.COMPARATOR);
        ids.addAll(known.ids());
        ids.addAll(rootsThere());
        return new Inspection(ids.stream().map(id -> look(id, known)).toList(), known.diagnostics());
    }

    /**
     * One graph; empty where it is neither declared nor recorded nor there.
     *
     * @throws StorageUnavailableException where the storage does not say what is there
     */
    public Optional<InspectedGraph> inspect(ConfigLoad configuration, String id) {
        Known known = known(configuration);
        if (id.isEmpty() || id.indexOf('/') >= 0) {
            return Optional.empty();
        }
        InspectedGraph graph = look(id, known);
        return graph.declared() || graph.recorded() || graph.exists() ? Optional.of(graph) : Optional.empty();
    }

    /** What configuration and ledger say, as far as they can be used. */
    private record Known(Optional<DesiredCluster> desired, Ledger ledger, List<Diagnostic> diagnostics) {

        SortedSet<String> ids() {
            SortedSet<String> ids = new TreeSet<>(Utf8Order.COMPARATOR);
            desired.ifPresent(cluster -> ids.addAll(cluster.graphs().keySet()));
            for (ResourceAddress address : ledger.resources().keySet()) {
                if (address instanceof ResourceAddress.Graph graph) {
                    ids.add(graph.id());
                }
            }
            return ids;
        }
    }

    private Known known(ConfigLoad configuration) {
        List<Diagnostic> diagnostics = new ArrayList<>(configuration.diagnostics());
        Ledger ledger = Ledger.EMPTY;
        LedgerRead read = new LedgerStore(store).read();
        if (read instanceof LedgerRead.Present present) {
            ledger = present.stored().ledger();
        } else if (read instanceof LedgerRead.Unusable unusable) {
            diagnostics.add(unusable.diagnostic());
        } else if (read instanceof LedgerRead.Unknown unknown) {
            throw new StorageUnavailableException("the ledger cannot be read: " + unknown.reason());
        }
        return new Known(configuration.desired(), ledger, diagnostics);
    }

    private List<String> rootsThere() {
        ListOutcome listing = store.list(ControlKeys.GRAPHS);
        if (listing instanceof ListOutcome.Listed listed) {
            return listed.entries().stream()
                    .filter(entry -> entry.kind() == ListOutcome.Kind.PREFIX)
                    .map(entry -> entry.key().name())
                    .filter(name -> name.endsWith(ROOT_SUFFIX) && name.length() > ROOT_SUFFIX.length())
                    .map(name -> name.substring(0, name.length() - ROOT_SUFFIX.length()))
                    .toList();
        }
        throw new StorageUnavailableException(
                "the graphs cannot be listed: " + ((ListOutcome.Unknown) listing).reason());
    }

    private InspectedGraph look(String id, Known known) {
        ResourceAddress graph = new ResourceAddress.Graph(id);
        ResourceAddress schema = new ResourceAddress.Schema(id);
        return new InspectedGraph(
                id,
                root.graphRoot(id),
                known.desired().flatMap(desired -> desired.graph(id)).isPresent(),
                known.ledger().resources().containsKey(graph),
                observe(id),
                known.ledger().digestOf(schema),
                known.desired().flatMap(desired -> desired.digestOf(schema)));
    }

    private Optional<GraphObservation> observe(String id) {
        PrefixOutcome exists = store.exists(StorageRoot.graphKey(id));
        if (exists instanceof PrefixOutcome.Unknown unknown) {
            throw new StorageUnavailableException("graph " + id + " cannot be looked for: " + unknown.reason());
        }
        if (exists instanceof PrefixOutcome.Absent) {
            return Optional.empty();
        }
        GraphObservation observation = engine.observe(root.graphRoot(id));
        if (observation instanceof GraphObservation.Unknown unknown) {
            throw new StorageUnavailableException("graph " + id + " cannot be looked at: " + unknown.reason());
        }
        return Optional.of(observation);
    }
}
