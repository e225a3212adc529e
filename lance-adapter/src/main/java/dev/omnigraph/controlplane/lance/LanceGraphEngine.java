package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.BranchHeads;
import dev.omnigraph.controlplane.graph.GraphCreation;
import dev.omnigraph.controlplane.graph.GraphEngine;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.GraphRecovery;
import dev.omnigraph.controlplane.graph.GraphRoot;
import dev.omnigraph.controlplane.graph.HistoryRemoval;
import dev.omnigraph.controlplane.graph.LockOwnership;
import dev.omnigraph.controlplane.graph.SchemaApplication;
import dev.omnigraph.controlplane.graph.SchemaApplyJournal;
import dev.omnigraph.controlplane.graph.SchemaChange;
import dev.omnigraph.controlplane.graph.SchemaPreview;
import dev.omnigraph.controlplane.graph.TableHistory;
import dev.omnigraph.controlplane.graph.WriterHold;
import dev.omnigraph.controlplane.id.IdSource;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.s3.BucketAccess;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.apache.arrow.memory.RootAllocator;

/**
 * The graph engine on Lance datasets, with the formats and protocols of the engine itself (graph-format.md). Text objects
 * go through the cluster's store, so they obey its rules on conditions and durability; datasets are Lance's.
 *
 * <p>Thread-safe. Holds native memory: one engine for each store, closed at the end.
 */
public final class LanceGraphEngine implements GraphEngine {

    private static final String SEPARATOR = "/";

    private final ObjectStore store;
    private final LanceStorage storage;
    private final RootAllocator allocator;
    private final DurableTree durable = new DurableTree();
    private final GraphInitializer initializer;
    private final GraphObserver observer;
    private final SchemaPreviewer previewer;
    private final SchemaApplier applier;
    private final DeadApplyRecovery deadApplies;
    private final HistoryRemover history;
    /** Calls share it; closing waits until the last of them has given its native memory back. */
    private final ReadWriteLock inUse = new ReentrantReadWriteLock();

    private boolean closed;

    private LanceGraphEngine(
            ObjectStore store,
            LanceStorage storage,
            RootAllocator allocator,
            FaultPoints faultPoints,
            IdSource ids,
            InstantSource clock) {
        this.store = store;
        this.storage = storage;
        this.allocator = allocator;
        LanceDatasets datasets = new LanceDatasets(allocator);
        ManifestReader manifests = new ManifestReader(datasets);
        this.initializer = new GraphInitializer(store, datasets, manifests, durable, faultPoints, ids, clock);
        this.observer = new GraphObserver(store, manifests);
        this.history = new HistoryRemover(datasets, manifests, durable);
        TableWriter tables = new TableWriter(allocator, datasets, durable, faultPoints);
        MigrationPlans plans = new MigrationPlans(tables);
        LockBranch locks = new LockBranch(datasets, durable);
        ManifestPublisher publisher = new ManifestPublisher(allocator, manifests, durable, faultPoints, clock);
        RecoveryServices recovery = new RecoveryServices(
                manifests,
                publisher,
                new TableVersions(datasets, durable),
                new RecoveryAudit(allocator, datasets, durable, clock));
        GraphRecoverer recoverer = new GraphRecoverer(store, recovery, locks, faultPoints, ids);
        this.deadApplies = new DeadApplyRecovery(store, locks, recoverer);
        this.previewer = new SchemaPreviewer(store, datasets, observer, plans, locks, clock);
        this.applier = new SchemaApplier(
                recoverer,
                observer,
                plans,
                locks,
                new GraphMigrator(store, observer, tables, publisher, faultPoints, ids, clock),
                faultPoints,
                clock);
    }

    /**
     * An engine for the graphs below a folder. Loads native code: seconds the first time on a machine, else milliseconds.
     *
     * @param store the cluster's store, whose location is the storage root that graph roots are below
     * @throws dev.omnigraph.controlplane.lance.nativelib.UnsupportedPlatformException when this process cannot run Lance;
     *     the message says what to do
     */
    public static LanceGraphEngine open(ObjectStore store, FaultPoints faultPoints, IdSource ids, InstantSource clock) {
        LanceFolder storage = new LanceFolder(Path.of(store.location()));
        return new LanceGraphEngine(store, storage, LanceRuntime.start(), faultPoints, ids, clock);
    }

    /**
     * An engine for the graphs in a bucket; else as for a folder. Sends nothing yet.
     *
     * @param root the storage root that graph roots are below, which is the store's location
     * @param access how Lance reaches the bucket, beside the store
     */
    public static LanceGraphEngine open(
            ObjectStore store,
            StorageRoot.Bucket root,
            BucketAccess access,
            FaultPoints faultPoints,
            IdSource ids,
            InstantSource clock) {
        LanceBucket storage = new LanceBucket(root, store, access);
        return new LanceGraphEngine(store, storage, LanceRuntime.start(), faultPoints, ids, clock);
    }

    @Override
    public GraphObservation observe(GraphRoot root) {
        return whileOpen(() -> refusal(root)
                .<GraphObservation>map(GraphObservation.NotOpenable::new)
                .orElseGet(() -> observer.observe(place(root))));
    }

    @Override
    public BranchHeads heads(GraphRoot root) {
        return whileOpen(() -> refusal(root)
                .<BranchHeads>map(BranchHeads.NotOpenable::new)
                .orElseGet(() -> observer.heads(place(root))));
    }

    @Override
    public GraphCreation create(GraphRoot root, String schemaSource, String claimant, ClaimListener claim) {
        return whileOpen(() -> refusal(root)
                .<GraphCreation>map(GraphCreation.Refused::new)
                .orElseGet(() -> initializer.create(place(root), schemaSource, claimant, claim)));
    }

    @Override
    public SchemaPreview preview(GraphRoot root, String desiredSource, DropMode dropMode, LockOwnership ownership) {
        return whileOpen(() -> refusal(root)
                .<SchemaPreview>map(reason -> new SchemaPreview.Refused(reason, Optional.empty()))
                .orElseGet(() -> previewer.preview(place(root), desiredSource, dropMode, ownership)));
    }

    @Override
    public SchemaApplication applySchema(GraphRoot root, SchemaChange change, SchemaApplyJournal journal) {
        return whileOpen(() -> refusal(root)
                .<SchemaApplication>map(SchemaApplication.Refused::new)
                .orElseGet(() -> applier.apply(place(root), change, journal)));
    }

    @Override
    public GraphRecovery recover(GraphRoot root, SchemaApplyJournal journal) {
        return whileOpen(() -> refusal(root)
                .<GraphRecovery>map(GraphRecovery.Held::new)
                .orElseGet(() -> deadApplies.recover(place(root), journal)));
    }

    @Override
    public WriterHold hold(GraphRoot root, LockOwnership ownership) {
        return whileOpen(() -> refusal(root)
                .<WriterHold>map(reason -> new WriterHold.None())
                .orElseGet(() -> deadApplies.hold(place(root), ownership)));
    }

    @Override
    public HistoryRemoval removeHistory(GraphRoot root, String commit, TableHistory table) {
        return whileOpen(() -> refusal(root)
                .<HistoryRemoval>map(HistoryRemoval.Incomplete::new)
                .orElseGet(() -> history.remove(place(root), commit, table)));
    }

    @Override
    public void close() {
        inUse.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                durable.close();
                allocator.close();
            }
        } finally {
            inUse.writeLock().unlock();
        }
    }

    private <T> T whileOpen(Supplier<T> call) {
        inUse.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the graph engine is closed");
            }
            return call.get();
        } finally {
            inUse.readLock().unlock();
        }
    }

    @Override
    public Optional<String> refusal(GraphRoot root) {
        return storage.objection(root.location()).map(objection -> objection + ", and " + root + " has");
    }

    private GraphPlace place(GraphRoot root) {
        String storageRoot = store.location();
        String prefix = storageRoot.endsWith(SEPARATOR) ? storageRoot : storageRoot + SEPARATOR;
        if (!root.location().startsWith(prefix)) {
            throw new IllegalArgumentException(root + " is not below the storage root " + storageRoot);
        }
        return new GraphPlace(storage, new ObjectKey(root.location().substring(prefix.length())));
    }
}
