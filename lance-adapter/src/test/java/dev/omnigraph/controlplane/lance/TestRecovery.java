package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.SchemaApplyJournal;
import dev.omnigraph.controlplane.graph.SchemaLock;
import dev.omnigraph.controlplane.graph.TableHistory;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.RootAllocator;

/** Recovers graphs of a test. Closing it fails where native memory is still held. */
final class TestRecovery implements AutoCloseable {

    private final LanceStorage storage;
    private final RootAllocator allocator = LanceRuntime.start();
    private final DurableTree durable = new DurableTree();
    private final GraphRecoverer recoverer;
    private final List<SchemaLock> unlocked = new ArrayList<>();

    TestRecovery(Path folder) {
        this(folder, FaultPoints.NONE);
    }

    TestRecovery(Path folder, FaultPoints faultPoints) {
        this(new TestFolder(folder), faultPoints);
    }

    TestRecovery(Path folder, ObjectStore store, FaultPoints faultPoints) {
        this(new LanceFolder(folder), store, faultPoints);
    }

    TestRecovery(TestStorage storage, FaultPoints faultPoints) {
        this(storage.lance(), storage.store(), faultPoints);
    }

    private TestRecovery(LanceStorage storage, ObjectStore store, FaultPoints faultPoints) {
        this.storage = storage;
        LanceDatasets datasets = new LanceDatasets(allocator);
        ManifestReader manifests = new ManifestReader(datasets);
        InstantSource clock = InstantSource.system();
        RecoveryServices services = new RecoveryServices(
                manifests,
                new ManifestPublisher(allocator, manifests, durable, faultPoints, clock),
                new TableVersions(datasets, durable),
                new RecoveryAudit(allocator, datasets, durable, clock));
        this.recoverer =
                new GraphRecoverer(store, services, new LockBranch(datasets, durable), faultPoints, new UlidSource());
    }

    /** Recovers the graph of this name, whose lock, if it has one, is taken for that of a dead apply of ours. */
    RecoveryOutcome recover(String graph) {
        return recover(graph, true);
    }

    RecoveryOutcome recover(String graph, boolean lockIsOurs) {
        return recover(graph, OtherWriters.NONE, lockIsOurs);
    }

    /** Recovers the graph while somebody else may write it. */
    RecoveryOutcome recoverBesideWriters(String graph) {
        return recover(graph, OtherWriters.POSSIBLE, true);
    }

    private RecoveryOutcome recover(String graph, OtherWriters others, boolean lockIsOurs) {
        return recoverer.recover(new GraphPlace(storage, new ObjectKey(graph)), others, new Journal(lockIsOurs));
    }

    /** The locks that were reported to be gone. */
    List<SchemaLock> unlocked() {
        return unlocked;
    }

    @Override
    public void close() {
        durable.close();
        allocator.close();
    }

    private final class Journal implements SchemaApplyJournal {

        private final boolean lockIsOurs;

        private Journal(boolean lockIsOurs) {
            this.lockIsOurs = lockIsOurs;
        }

        @Override
        public void locking(long manifestVersion) {
            throw new IllegalStateException("recovery takes no lock");
        }

        @Override
        public void locked(SchemaLock lock) {
            throw new IllegalStateException("recovery takes no lock");
        }

        @Override
        public Optional<String> writing(List<TableHistory> removals) {
            throw new IllegalStateException("recovery migrates nothing");
        }

        @Override
        public void publishing() {
            throw new IllegalStateException("recovery migrates nothing");
        }

        @Override
        public void unlocked(SchemaLock lock) {
            unlocked.add(lock);
        }

        @Override
        public boolean isLeftByUs(SchemaLock lock) {
            return lockIsOurs;
        }
    }
}
