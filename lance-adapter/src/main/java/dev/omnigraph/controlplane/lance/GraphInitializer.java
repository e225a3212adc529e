package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.graph.GraphCreation;
import dev.omnigraph.controlplane.graph.GraphEngine;
import dev.omnigraph.controlplane.graph.TableObservation;
import dev.omnigraph.controlplane.id.IdSource;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import dev.omnigraph.controlplane.language.schema.TableDefinition;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.lance.Dataset;

/**
 * Creates graphs by the engine's init protocol, never by force (graph-format.md 5). What a step leaves behind when the
 * process dies there, or the step fails, is what the engine would leave behind.
 */
final class GraphInitializer {

    /** An empty table, and a manifest when it has only its rows. */
    private static final long FIRST_VERSION = 1;
    /** The manifest with its rows, its configuration and its stamp. */
    private static final long COMPLETE_MANIFEST = 3;

    /** Tells Lance that versions of tables are kept in the rows of this dataset. */
    private static final String CONFIG_KEY = "table_version_management";

    private static final String CONFIG_VALUE = "true";

    private final ObjectStore store;
    private final LanceDatasets datasets;
    private final ManifestReader manifests;
    private final DurableTree durable;
    private final FaultPoints faultPoints;
    private final IdSource ids;
    private final InstantSource clock;

    GraphInitializer(
            ObjectStore store,
            LanceDatasets datasets,
            ManifestReader manifests,
            DurableTree durable,
            FaultPoints faultPoints,
            IdSource ids,
            InstantSource clock) {
        this.store = store;
        this.datasets = datasets;
        this.manifests = manifests;
        this.durable = durable;
        this.faultPoints = faultPoints;
        this.ids = ids;
        this.clock = clock;
    }

    GraphCreation create(GraphPlace place, String source, String claimant, GraphEngine.ClaimListener listener) {
        SchemaFiles files = new SchemaFiles(store, place.key());
        Optional<GraphCreation> occupied = occupied(place, files);
        if (occupied.isPresent()) {
            return occupied.get();
        }
        CompiledSchema schema;
        try {
            schema = CompiledSchema.compile(source);
        } catch (LanguageException e) {
            return new GraphCreation.Refused("the schema does not compile: " + e.getMessage());
        }
        PutOutcome claim = files.claim(source, claimant);
        if (claim instanceof PutOutcome.Lost) {
            return taken(place, GraphLayout.SCHEMA_SOURCE);
        }
        Optional<String> problem = problem(claim);
        if (problem.isPresent()) {
            return new GraphCreation.Failed(
                    GraphLayout.SCHEMA_SOURCE + " could not be claimed: " + problem.get(), false);
        }
        return createClaimed(place, files, schema, listener);
    }

    private static Optional<GraphCreation> occupied(GraphPlace place, SchemaFiles files) {
        ListOutcome outcome = files.list();
        if (!(outcome instanceof ListOutcome.Listed listed)) {
            return Optional.of(new GraphCreation.Failed(
                    "it is not known whether a graph is there already: " + ((ListOutcome.Unknown) outcome).reason(),
                    false));
        }
        Set<String> names =
                listed.entries().stream().map(entry -> entry.key().name()).collect(Collectors.toSet());
        return GraphLayout.SCHEMA_FILES.stream()
                .filter(names::contains)
                .findFirst()
                .map(name -> taken(place, name));
    }

    private static GraphCreation taken(GraphPlace place, String file) {
        return new GraphCreation.Refused("a graph, or the beginning of one, is at " + place + " already: " + file
                + " is there. Nothing was changed");
    }

    private GraphCreation createClaimed(
            GraphPlace place, SchemaFiles files, CompiledSchema schema, GraphEngine.ClaimListener listener) {
        try {
            listener.claimed();
            build(place, files, schema);
            return new GraphCreation.Created(COMPLETE_MANIFEST);
        } catch (CreationFailedException | InjectedFaultException e) {
            String schemaFiles = files.withdraw()
                    ? "The schema files were taken back"
                    : "Not all of the schema files could be taken back";
            return new GraphCreation.Failed(
                    e.getMessage() + ". " + schemaFiles + "; datasets that were written are still at " + place, true);
        } catch (RuntimeException e) {
            files.withdraw();
            throw e;
        }
    }

    private void build(GraphPlace place, SchemaFiles files, CompiledSchema schema) throws CreationFailedException {
        faultPoints.reach(FaultPoint.INIT_AFTER_SCHEMA_PG_WRITTEN);
        write(files, GraphLayout.SCHEMA_IR, schema.ir().prettyText());
        write(files, GraphLayout.SCHEMA_STATE, schema.state().text());
        faultPoints.reach(FaultPoint.INIT_AFTER_SCHEMA_CONTRACT_WRITTEN);
        try {
            buildDatasets(place.datasets(), schema);
        } catch (IOException e) {
            throw new CreationFailedException("the storage failed: " + e.getMessage(), e);
        }
        faultPoints.reach(FaultPoint.INIT_AFTER_COORDINATOR_INIT);
    }

    private void buildDatasets(DatasetLocation root, CompiledSchema schema)
            throws CreationFailedException, IOException {
        for (TableDefinition table : schema.tables()) {
            step("the table " + table.key(), () -> {
                datasets.createTable(root.resolve(table.path()), GraphLayout.columns(table));
                return table;
            });
            faultPoints.reach(FaultPoint.INIT_AFTER_TABLE_WRITTEN);
        }
        faultPoints.reach(FaultPoint.INIT_AFTER_TABLES_WRITTEN);
        DatasetLocation manifest = root.resolve(GraphLayout.MANIFEST);
        String commit = ids.nextUlid();
        List<ManifestRecord> rows = firstRows(root, schema, commit);
        writeManifest(manifest, rows);
        durable.force(root);
        readBack(manifest, schema, commit);
    }

    /** Three versions, each made from the one before it, as the engine makes them. */
    private void writeManifest(DatasetLocation manifest, List<ManifestRecord> rows) throws CreationFailedException {
        try (Dataset first = step("the manifest", () -> datasets.createManifest(manifest, rows))) {
            faultPoints.reach(FaultPoint.INIT_AFTER_MANIFEST_ROWS_WRITTEN);
            try (Dataset configured =
                    step("the manifest's configuration", () -> datasets.addConfig(first, CONFIG_KEY, CONFIG_VALUE))) {
                faultPoints.reach(FaultPoint.INIT_AFTER_MANIFEST_CONFIG_WRITTEN);
                String stamp = Long.toString(ManifestStamp.SUPPORTED);
                step("the manifest's stamp", () -> datasets.addSchemaMetadata(configured, ManifestStamp.KEY, stamp))
                        .close();
            }
        }
        faultPoints.reach(FaultPoint.INIT_AFTER_MANIFEST_STAMP_WRITTEN);
    }

    private List<ManifestRecord> firstRows(DatasetLocation root, CompiledSchema schema, String commit)
            throws IOException {
        List<ManifestRow> rows = new ArrayList<>();
        for (TableDefinition table : schema.tables()) {
            VersionMetadata metadata =
                    root.resolve(table.path()).version(FIRST_VERSION).metadata();
            rows.add(new ManifestRow.Table(table.key(), table.path()));
            rows.add(new ManifestRow.TableVersion(table.key(), FIRST_VERSION, Optional.empty(), 0, metadata));
        }
        long createdAt = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        rows.add(new ManifestRow.GraphCommit(
                commit, FIRST_VERSION, Optional.empty(), CommitMetadata.genesis(createdAt)));
        rows.add(new ManifestRow.GraphHead(ManifestRow.GraphHead.MAIN, commit, Optional.empty()));
        return rows.stream().map(ManifestRow::toRecord).toList();
    }

    private void readBack(DatasetLocation manifest, CompiledSchema schema, String commit)
            throws CreationFailedException, IOException {
        ManifestState state;
        try {
            state = manifests.readOwn(manifest);
        } catch (LanceException | MalformedManifestException e) {
            throw new CreationFailedException("the manifest cannot be read back: " + e.getMessage(), e);
        }
        Set<String> expected =
                schema.tables().stream().map(TableDefinition::key).collect(Collectors.toSet());
        Set<String> found = state.tables().stream().map(TableObservation::key).collect(Collectors.toSet());
        if (state.version() != COMPLETE_MANIFEST || !state.headCommit().equals(commit) || !found.equals(expected)) {
            throw new CreationFailedException("the manifest reads back as version " + state.version() + " of commit "
                    + state.headCommit() + " with the tables " + found + ": another writer was here");
        }
    }

    private static void write(SchemaFiles files, String name, String text) throws CreationFailedException {
        Optional<String> problem = problem(files.write(name, text));
        if (problem.isPresent()) {
            throw new CreationFailedException(name + " could not be written: " + problem.get());
        }
    }

    private static Optional<String> problem(PutOutcome outcome) {
        if (outcome instanceof PutOutcome.Lost) {
            return Optional.of("it is there already");
        }
        if (outcome instanceof PutOutcome.Refused refused) {
            return Optional.of(refused.reason());
        }
        return outcome instanceof PutOutcome.Unknown unknown ? Optional.of(unknown.reason()) : Optional.empty();
    }

    private static <T> T step(String what, Step<T> step) throws CreationFailedException {
        try {
            return step.run();
        } catch (LanceException e) {
            String cause = e.failure() == LanceFailure.DATASET_EXISTS
                    ? "a dataset is in its place, left by a create that failed; remove the root before creating again"
                    : e.getMessage();
            throw new CreationFailedException(what + " could not be written: " + cause, e);
        }
    }

    /** A durable effect of the protocol. */
    private interface Step<T> {
        T run() throws LanceException;
    }
}
