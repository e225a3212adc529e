package dev.omnigraph.controlplane.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.apply.ApplyRequest;
import dev.omnigraph.controlplane.command.ApplyOutput;
import dev.omnigraph.controlplane.command.ApprovalRequest;
import dev.omnigraph.controlplane.command.ApprovalView;
import dev.omnigraph.controlplane.command.ApproveOutput;
import dev.omnigraph.controlplane.command.ClusterService;
import dev.omnigraph.controlplane.command.ForceUnlockOutput;
import dev.omnigraph.controlplane.command.ObserveOutput;
import dev.omnigraph.controlplane.command.PlanOutput;
import dev.omnigraph.controlplane.command.RecoveryOutput;
import dev.omnigraph.controlplane.command.RecoveryView;
import dev.omnigraph.controlplane.command.RevokeOutput;
import dev.omnigraph.controlplane.command.StatusOutput;
import dev.omnigraph.controlplane.command.ValidateOutput;
import dev.omnigraph.controlplane.config.CheckedSources;
import dev.omnigraph.controlplane.config.ClusterConfigLoader;
import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.config.FolderConfigSource;
import dev.omnigraph.controlplane.config.HeaderLoad;
import dev.omnigraph.controlplane.config.LoadOptions;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.GraphEngine;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.GraphRoot;
import dev.omnigraph.controlplane.graph.SchemaApplication;
import dev.omnigraph.controlplane.graph.SchemaChange;
import dev.omnigraph.controlplane.graph.TableObservation;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.instance.Presence;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.lance.LanceGraphEngine;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import dev.omnigraph.controlplane.operation.RecordedRun;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandSettings;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import dev.omnigraph.controlplane.storage.s3.BucketAccess;
import dev.omnigraph.controlplane.storage.s3.S3ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.lance.Dataset;
import org.lance.ReadOptions;
import org.lance.Ref;

/** A cluster with real graphs, run by this service's commands in this process. Closed at the end. */
public final class TestCluster implements AutoCloseable {

    private final Path folder;
    private final StorageRoot root;
    private final ObjectStore store;
    private final GraphEngine engine;
    private final ClusterService service;
    private final CheckedSources checked = new CheckedSources();
    /** What Lance is told beside the place of a dataset. */
    private final Map<String, String> datasetOptions;

    /**
     * A cluster in an existing folder.
     *
     * @param folder its configuration folder and its storage root
     */
    public TestCluster(Path folder, FaultPoints faults) {
        this(folder, new FolderObjectStore(folder), faults);
    }

    /**
     * A cluster in an existing folder.
     *
     * @param store everything stored goes through it
     */
    public TestCluster(Path folder, ObjectStore store, FaultPoints faults) {
        this(
                folder,
                new StorageRoot.Folder(folder),
                store,
                LanceGraphEngine.open(store, faults, new UlidSource(), InstantSource.system()),
                Map.of(),
                faults,
                Runnable::run);
    }

    private TestCluster(
            Path folder,
            StorageRoot root,
            ObjectStore store,
            GraphEngine engine,
            Map<String, String> datasetOptions,
            FaultPoints faults,
            Executor threads) {
        this.folder = folder;
        this.datasetOptions = datasetOptions;
        this.root = root;
        this.store = store;
        this.engine = engine;
        this.service = new ClusterService(new ClusterContext(
                root,
                store,
                engine,
                InstantSource.system(),
                new UlidSource(),
                Pause.REAL,
                faults,
                threads,
                new CommandSettings(Duration.ZERO, ProcessHandle.current().pid(), false),
                Presence.ALONE));
    }

    /**
     * A cluster in a bucket.
     *
     * @param folder its configuration folder
     * @param store everything stored but datasets goes through it
     */
    public static TestCluster inBucket(Path folder, S3ObjectStore bucket, ObjectStore store, FaultPoints faults) {
        return inBucket(folder, bucket, store, faults, Runnable::run);
    }

    /**
     * A cluster in a bucket, of which several things are asked at a time, as the service does it.
     *
     * @param folder its configuration folder
     * @param store everything stored but datasets goes through it
     * @param threads of its workers
     */
    public static TestCluster inBucket(
            Path folder, S3ObjectStore bucket, ObjectStore store, FaultPoints faults, Executor threads) {
        GraphEngine engine = LanceGraphEngine.open(
                store, bucket.root(), bucket.access(), faults, new UlidSource(), InstantSource.system());
        return new TestCluster(folder, bucket.root(), store, engine, options(bucket.access()), faults, threads);
    }

    private static Map<String, String> options(BucketAccess access) {
        try {
            BucketAccess.Credentials credentials = access.credentials();
            return Map.of(
                    "aws_endpoint", access.endpoint().orElseThrow().toString(),
                    "allow_http", "true",
                    "aws_region", access.region(),
                    "aws_access_key_id", credentials.accessKeyId(),
                    "aws_secret_access_key", credentials.secretAccessKey());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A cluster with the configuration that a recorded scenario begins with. */
    public static TestCluster ofRecording(Path temporary, String scenario) throws IOException {
        Path folder = Files.createDirectory(temporary.toRealPath().resolve("cluster"));
        write(folder, RecordedScenario.read(scenario).steps().get(0).write().orElseThrow());
        return new TestCluster(folder, FaultPoints.NONE);
    }

    /** Writes the files that a step of a recorded scenario writes. */
    public static void writeStep(Path folder, String scenario, int step) {
        write(folder, RecordedScenario.read(scenario).steps().get(step).write().orElseThrow());
    }

    /** Writes the files of a recorded step. */
    static void write(Path folder, JsonObject files) {
        files.members().forEach((path, content) -> {
            try {
                Path file = folder.resolve(path);
                Files.createDirectories(file.getParent());
                Files.writeString(file, ((JsonString) content).value().replace("${CLUSTER}", folder.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    public Path folder() {
        return folder;
    }

    public void converge() {
        assertThat(importLedger().diagnostics()).isEmpty();
        ApplyOutput output = apply();
        assertThat(output.converged()).as("%s", output.diagnostics()).isTrue();
    }

    public ValidateOutput validate() {
        return service.validate(load());
    }

    public PlanOutput plan() {
        return service.plan(load());
    }

    public ApplyOutput apply() {
        return apply(Optional.empty());
    }

    public ApplyOutput apply(Optional<String> actor) {
        return service.apply(load(), ApplyRequest.by(actor), RunListener.NONE);
    }

    /** Applies as the service does, which records what it does; whatever is not recorded as done was interrupted. */
    public ApplyOutput applyOnRecord(String actor) {
        RecordedRun run = RecordedRun.begin(store, new UlidSource().nextUlid(), "apply");
        try {
            return apply(actor, run);
        } finally {
            run.interrupted();
        }
    }

    public ApplyOutput apply(String actor, RunListener listener) {
        return service.apply(load(), ApplyRequest.by(Optional.of(actor)), listener);
    }

    /** Writes the files that a recorded scenario writes at a step. */
    public void writeAsRecorded(String scenario, int step) {
        write(folder, RecordedScenario.read(scenario).steps().get(step).write().orElseThrow());
    }

    public ApproveOutput approve(ApprovalRequest request) {
        return service.approve(load(), request, RunListener.NONE);
    }

    /** Every decision with what has become of it. */
    public List<ApprovalView> approvals() {
        return service.approvals(load());
    }

    public List<RecoveryView> recoveries() {
        return service.recoveries();
    }

    public RecoveryOutput discard(String recoveryId, String objectsDigest) {
        return service.discard(recoveryId, objectsDigest, RunListener.NONE);
    }

    /** Approves the change of a resource as it is now. */
    public ApproveOutput approve(String resource, String actor) {
        return service.approve(load(), ApprovalRequest.ofPresent(resource, actor), RunListener.NONE);
    }

    public RevokeOutput revoke(String approvalId) {
        return service.revoke(approvalId, Optional.of("carol"), Optional.empty(), RunListener.NONE);
    }

    public ObserveOutput importLedger() {
        return service.importLedger(load(), RunListener.NONE);
    }

    public ObserveOutput refresh() {
        return refresh(Set.of());
    }

    public ObserveOutput refresh(Set<String> acceptMissing) {
        return service.refresh(load(), acceptMissing, RunListener.NONE);
    }

    /** The status with every catalog copy verified. */
    public StatusOutput status() {
        return status(true);
    }

    /** The status, with every catalog copy verified or without. */
    public StatusOutput status(boolean verifyCatalog) {
        return service.status(header(), verifyCatalog);
    }

    public ForceUnlockOutput forceUnlock(String lockId) {
        return service.forceUnlock(header(), lockId, false);
    }

    /** Changes the schema of a graph behind the ledger's back, as somebody with the engine's own tool does. */
    public void migrate(String graph, String schema) {
        GraphRoot graphRoot = root.graphRoot(graph);
        GraphObservation.Opened live = (GraphObservation.Opened) engine.observe(graphRoot);
        SchemaChange change = new SchemaChange(schema, live.schemaDigest(), DropMode.SOFT, Optional.empty());
        assertThat(engine.applySchema(graphRoot, change, new NoJournal()))
                .isInstanceOf(SchemaApplication.Applied.class);
    }

    /** Makes a branch of a graph, as somebody with the engine's own tool does. */
    void branch(String graph, String name) {
        try (BufferAllocator allocator = new RootAllocator();
                Dataset main = Dataset.open()
                        .allocator(allocator)
                        .uri(root.graphRoot(graph).location() + "/__manifest")
                        .readOptions(new ReadOptions.Builder()
                                .setStorageOptions(datasetOptions)
                                .build())
                        .build();
                Dataset branch = datasetOptions.isEmpty()
                        ? main.createBranch(name, Ref.ofMain(main.version()))
                        : main.createBranch(name, Ref.ofMain(main.version()), datasetOptions)) {
            assertThat(branch.version()).isEqualTo(main.version());
        }
    }

    /** The schema of a graph that opens. */
    public Optional<String> schemaOf(String graph) {
        return engine.observe(root.graphRoot(graph)) instanceof GraphObservation.Opened opened
                ? Optional.of(opened.schemaSource())
                : Optional.empty();
    }

    /** The number of rows that a table of a graph has now. */
    public long rows(String graph, String table) {
        GraphObservation observation = engine.observe(root.graphRoot(graph));
        assertThat(observation).isInstanceOf(GraphObservation.Opened.class);
        return ((GraphObservation.Opened) observation)
                .tables().stream()
                        .filter(candidate -> candidate.key().equals(table))
                        .mapToLong(TableObservation::rows)
                        .findFirst()
                        .orElseThrow();
    }

    private ConfigLoad load() {
        return ClusterConfigLoader.load(new FolderConfigSource(folder), LoadOptions.CONFINED, checked);
    }

    private HeaderLoad header() {
        return ClusterConfigLoader.loadHeader(new FolderConfigSource(folder), LoadOptions.CONFINED);
    }

    @Override
    public void close() {
        engine.close();
    }
}
