package dev.omnigraph.controlplane.graph;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import dev.omnigraph.controlplane.language.schema.TableDefinition;
import dev.omnigraph.controlplane.language.schema.migration.DataEffect;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import dev.omnigraph.controlplane.language.schema.migration.MigrationPlan;
import dev.omnigraph.controlplane.language.schema.migration.MigrationPlanner;
import dev.omnigraph.controlplane.language.schema.migration.MigrationStep;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An engine whose graphs are a schema source and nothing else, in a store whose location is what roots begin with. For the
 * decisions of commands; the format of graphs is tested on the real engine.
 */
public final class MemoryGraphEngine implements GraphEngine {

    private static final long VERSION_OF_A_NEW_GRAPH = 3;

    private static final String FIRST_COMMIT = "01KT0000000000000000000000";
    /** What undoing an interrupted write leaves. */
    private static final String RECOVERY_COMMIT = "01KT000000000000000000R000";

    private final ObjectStore store;
    private final Map<GraphRoot, String> commits = new ConcurrentHashMap<>();
    private final Map<GraphRoot, Set<String>> past = new ConcurrentHashMap<>();
    private final Map<String, String> failingRemovals = new ConcurrentHashMap<>();
    private final List<String> removals = new CopyOnWriteArrayList<>();
    private final Map<GraphRoot, Long> versions = new ConcurrentHashMap<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private volatile Optional<String> refusal = Optional.empty();

    private final Map<String, GraphRecovery> recoveries = new ConcurrentHashMap<>();
    private final Map<String, SchemaApplication> applications = new ConcurrentHashMap<>();
    private final Map<GraphRoot, String> unanswered = new ConcurrentHashMap<>();

    public MemoryGraphEngine(ObjectStore store) {
        this.store = store;
    }

    /** Remembers the graphs as they are, but for what is in the store; the result brings that back. */
    public Runnable keep() {
        Map<GraphRoot, String> keptCommits = Map.copyOf(commits);
        Map<GraphRoot, Long> keptVersions = Map.copyOf(versions);
        Map<GraphRoot, Set<String>> keptPast = new ConcurrentHashMap<>();
        past.forEach((root, known) -> keptPast.put(root, Set.copyOf(known)));
        return () -> {
            commits.clear();
            commits.putAll(keptCommits);
            versions.clear();
            versions.putAll(keptVersions);
            past.clear();
            keptPast.forEach((root, known) -> past.put(root, new ConcurrentSkipListSet<>(known)));
            unanswered.clear();
        };
    }

    /** From now on creates at a root that ends so claim it and then fail. */
    public void failCreatesOf(String graph) {
        failing.add(graph + ".omni");
    }

    /** A dead apply keeps writers out of this graph, and its recovery ends so. */
    public void endNextRecoveryOf(String graph, GraphRecovery outcome) {
        recoveries.put(graph, outcome);
    }

    /** The next schema apply on this graph does nothing and ends so. */
    public void endNextApplyOf(String graph, SchemaApplication outcome) {
        applications.put(graph, outcome);
    }

    @Override
    public Optional<String> refusal(GraphRoot root) {
        return refusal;
    }

    /** From now on this engine says that it keeps no graphs, for this reason. */
    public void refuse(String reason) {
        refusal = Optional.of(reason);
    }

    @Override
    public GraphObservation observe(GraphRoot root) {
        GetOutcome outcome = store.get(schemaOf(root));
        if (outcome instanceof GetOutcome.Found found) {
            String source = found.object().text().orElseThrow();
            adoptUnanswered(root, source);
            return new GraphObservation.Opened(
                    versions.getOrDefault(root, VERSION_OF_A_NEW_GRAPH),
                    source,
                    Sha256.hex(source),
                    commits.getOrDefault(root, FIRST_COMMIT),
                    List.of(),
                    List.of());
        }
        return outcome instanceof GetOutcome.Unknown unknown
                ? new GraphObservation.Unknown(unknown.reason())
                : new GraphObservation.NotOpenable("there is no schema");
    }

    @Override
    public BranchHeads heads(GraphRoot root) {
        GraphObservation observation = observe(root);
        if (observation instanceof GraphObservation.Opened) {
            return new BranchHeads.Read(new TreeMap<>(Map.of("main", commits.getOrDefault(root, FIRST_COMMIT))));
        }
        return observation instanceof GraphObservation.NotOpenable broken
                ? new BranchHeads.NotOpenable(broken.reason())
                : new BranchHeads.Unknown(((GraphObservation.Unknown) observation).reason());
    }

    /** Somebody writes rows into the graph at this root: a file of its manifest, and a commit. */
    public void commit(GraphRoot root, String commit) {
        commits.put(root, commit);
        pastCommits(root).add(commit);
        ObjectKey version = new ObjectKey(keyOf(root) + "/__manifest/" + commit);
        store.putIfAbsent(version, commit.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public GraphCreation create(GraphRoot root, String schemaSource, String claimant, ClaimListener claim) {
        if (failing.stream().anyMatch(root.location()::endsWith)) {
            return new GraphCreation.Failed("the test lets it fail", true);
        }
        PutOutcome outcome = store.claim(schemaOf(root), schemaSource.getBytes(StandardCharsets.UTF_8), claimant);
        if (outcome instanceof PutOutcome.Done) {
            claim.claimed();
            return new GraphCreation.Created(VERSION_OF_A_NEW_GRAPH);
        }
        return outcome instanceof PutOutcome.Lost
                ? new GraphCreation.Refused("there is a graph already")
                : new GraphCreation.Failed(outcome.toString(), false);
    }

    @Override
    public SchemaPreview preview(GraphRoot root, String desiredSource, DropMode dropMode, LockOwnership ownership) {
        if (!(observe(root) instanceof GraphObservation.Opened live)) {
            return new SchemaPreview.NotOpenable("there is no schema");
        }
        MigrationPlan plan = plan(live.schemaSource(), desiredSource).withDropMode(dropMode);
        return plan.supported()
                ? new SchemaPreview.Previewed(
                        live.schemaDigest(),
                        live.manifestVersion(),
                        live.headCommit(),
                        plan,
                        plan.steps().stream().map(step -> DataEffect.NONE).toList())
                : new SchemaPreview.Refused(
                        plan.firstUnsupported().orElseThrow().reason(), Optional.of(plan));
    }

    @Override
    public SchemaApplication applySchema(GraphRoot root, SchemaChange change, SchemaApplyJournal journal) {
        for (String graph : applications.keySet()) {
            if (root.location().endsWith("/" + graph + ".omni")) {
                return applications.remove(graph);
            }
        }
        GraphObservation observation = observe(root);
        if (!(observation instanceof GraphObservation.Opened live)) {
            return new SchemaApplication.Unknown(observation.toString());
        }
        if (live.schemaDigest().equals(Sha256.hex(change.desiredSource()))) {
            return new SchemaApplication.AlreadyApplied(live.manifestVersion());
        }
        if (!live.schemaDigest().equals(change.expectedDigest())) {
            return new SchemaApplication.Moved(live.schemaDigest());
        }
        MigrationPlan plan = plan(live.schemaSource(), change.desiredSource()).withDropMode(change.dropMode());
        Optional<String> obstacle = journal.writing(removals(plan));
        if (obstacle.isPresent()) {
            return new SchemaApplication.Forbidden(obstacle.get());
        }
        if (!(store.get(schemaOf(root)) instanceof GetOutcome.Found present)) {
            return new SchemaApplication.FailedWithoutMovement("the schema cannot be read");
        }
        PutOutcome outcome = store.putIfMatch(
                schemaOf(root),
                change.desiredSource().getBytes(StandardCharsets.UTF_8),
                present.object().tag());
        if (outcome instanceof PutOutcome.Refused refused) {
            return new SchemaApplication.FailedWithoutMovement(refused.reason());
        } else if (!(outcome instanceof PutOutcome.Done)) {
            unanswered.put(root, change.desiredSource());
            return new SchemaApplication.Failed(outcome.toString());
        }
        long version = move(root);
        return new SchemaApplication.Applied(version, plan, List.of());
    }

    private long move(GraphRoot root) {
        long version = versions.merge(root, VERSION_OF_A_NEW_GRAPH + 1, (known, unused) -> known + 1);
        commit(root, String.format("01KT000000000000000000M%03d", version));
        return version;
    }

    /** An apply without an answer turns out to have been carried out. */
    private void adoptUnanswered(GraphRoot root, String liveSource) {
        if (unanswered.remove(root, liveSource)) {
            move(root);
        }
    }

    /** Every table is at its second version. */
    private static List<TableHistory> removals(MigrationPlan plan) {
        List<TableHistory> removals = new ArrayList<>();
        for (MigrationStep step : plan.steps()) {
            if (step instanceof MigrationStep.DropType drop && drop.mode() == DropMode.HARD) {
                removals.add(new TableHistory(TableDefinition.key(drop.typeKind(), drop.name()), 2));
            } else if (step instanceof MigrationStep.DropProperty drop && drop.mode() == DropMode.HARD) {
                removals.add(new TableHistory(TableDefinition.key(drop.typeKind(), drop.typeName()), 3));
            }
        }
        return removals;
    }

    @Override
    public GraphRecovery recover(GraphRoot root, SchemaApplyJournal journal) {
        for (String graph : recoveries.keySet()) {
            if (root.location().endsWith("/" + graph + ".omni")) {
                GraphRecovery outcome = recoveries.remove(graph);
                if (outcome instanceof GraphRecovery.Recovered) {
                    commit(root, RECOVERY_COMMIT);
                }
                return outcome;
            }
        }
        return new GraphRecovery.Nothing();
    }

    @Override
    public WriterHold hold(GraphRoot root, LockOwnership ownership) {
        Optional<String> graph = recoveries.keySet().stream()
                .filter(id -> root.location().endsWith("/" + id + ".omni"))
                .findFirst();
        return graph.isPresent() ? new WriterHold.Held() : new WriterHold.None();
    }

    @Override
    public HistoryRemoval removeHistory(GraphRoot root, String commit, TableHistory history) {
        Optional<String> failure = Optional.ofNullable(failingRemovals.remove(history.key()));
        if (failure.isPresent()) {
            return new HistoryRemoval.Incomplete(failure.get());
        }
        if (!(observe(root) instanceof GraphObservation.Opened)
                || !pastCommits(root).contains(commit)) {
            return new HistoryRemoval.OtherGraph("the test made another graph");
        }
        removals.add(history.key() + " below " + history.firstKept());
        return new HistoryRemoval.Done(1);
    }

    /** The next removal of former versions of this table ends so. */
    public void failNextRemovalOf(String table, String reason) {
        failingRemovals.put(table, reason);
    }

    /** What was removed for good, in order. */
    public List<String> removals() {
        return List.copyOf(removals);
    }

    private Set<String> pastCommits(GraphRoot root) {
        return past.computeIfAbsent(root, key -> new ConcurrentSkipListSet<>(Set.of(FIRST_COMMIT)));
    }

    @Override
    public void close() {}

    private static MigrationPlan plan(String accepted, String desired) {
        return MigrationPlanner.plan(compiled(accepted).ir(), compiled(desired).ir());
    }

    private static CompiledSchema compiled(String source) {
        try {
            return CompiledSchema.compile(source);
        } catch (LanguageException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private ObjectKey schemaOf(GraphRoot root) {
        return new ObjectKey(keyOf(root) + "/_schema.pg");
    }

    private String keyOf(GraphRoot root) {
        return root.location().substring(store.location().length() + 1);
    }
}
