package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.graph.TableObservation;
import dev.omnigraph.controlplane.lance.RecoveryAudit.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What publishing an interrupted write comes to: its tables as they were found, those that it adds and those that it
 * drops. What is done already is left out. Not thread-safe.
 */
final class RollForward {

    private final InterruptedWrite write;
    private final RecoveringGraph graph;
    private final RecoveryServices services;
    private final List<ManifestChange> changes = new ArrayList<>();
    private final Map<String, Long> expected = new HashMap<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    private RollForward(InterruptedWrite write, RecoveringGraph graph, RecoveryServices services) {
        this.write = write;
        this.graph = graph;
        this.services = services;
    }

    /** Looks at every table that is to be published, and forces it to the disk. */
    static RollForward of(InterruptedWrite write, RecoveringGraph graph, RecoveryServices services)
            throws IOException, LanceException, RecoveryStuckException {
        RollForward forward = new RollForward(write, graph, services);
        for (InterruptedWrite.Table table : write.tables()) {
            forward.move(table);
        }
        for (RecoverySidecar.Registration added : write.sidecar().registrations()) {
            forward.add(added);
        }
        write.sidecar().tombstones().forEach(forward::drop);
        return forward;
    }

    private void move(InterruptedWrite.Table table) throws IOException, LanceException, RecoveryStuckException {
        String key = table.pin().tableKey();
        services.versions().force(graph.dataset(table.pin()));
        changes.add(services.versions()
                .pin(key, table.dataset(), table.head(), table.pin().branch()));
        expected.put(key, table.pin().expectedVersion());
        outcomes.add(new Outcome(key, table.pin().expectedVersion(), table.head()));
    }

    private void add(RecoverySidecar.Registration added) throws IOException, LanceException, RecoveryStuckException {
        Optional<TableObservation> present = write.snapshot().table(added.tableKey());
        if (present.isPresent()) {
            outcomes.add(new Outcome(added.tableKey(), 0, present.get().version()));
            return;
        }
        RecoveringGraph.requireBranch(added.branch(), write.snapshot().branches());
        DatasetLocation table = graph.dataset(added);
        DatasetLocation dataset = GraphLayout.onBranch(table, added.branch());
        long head = services.versions()
                .newest(dataset)
                .orElseThrow(() -> new RecoveryStuckException(write.stored().name() + " adds the table "
                        + added.tableKey() + ", and " + dataset + " is no dataset; nothing of that write was changed"))
                .version();
        services.versions().force(table);
        changes.add(new ManifestChange.Register(added.tableKey(), added.path()));
        changes.add(services.versions().pin(added.tableKey(), dataset, head, added.branch()));
        expected.put(added.tableKey(), 0L);
        outcomes.add(new Outcome(added.tableKey(), 0, head));
    }

    private void drop(RecoverySidecar.Tombstone dropped) {
        if (write.snapshot().table(dropped.tableKey()).isPresent()) {
            changes.add(new ManifestChange.Drop(dropped.tableKey(), dropped.version()));
            expected.put(dropped.tableKey(), dropped.version() - 1);
        }
    }

    List<ManifestChange> changes() {
        return changes;
    }

    /** By table key, the version that each is to have before. */
    Map<String, Long> expected() {
        return expected;
    }

    /** What is to be recorded of it. */
    List<Outcome> outcomes() {
        return outcomes;
    }

    /** Whether a snapshot shows all of it: someone else published it. */
    boolean isShownBy(ManifestState snapshot) {
        return write.tables().stream().allMatch(table -> isAtLeast(snapshot, table))
                && write.sidecar().registrations().stream()
                        .allMatch(added -> snapshot.table(added.tableKey()).isPresent())
                && write.sidecar().tombstones().stream()
                        .allMatch(dropped -> snapshot.table(dropped.tableKey()).isEmpty());
    }

    private static boolean isAtLeast(ManifestState snapshot, InterruptedWrite.Table table) {
        return snapshot.table(table.pin().tableKey())
                .filter(present -> Long.compareUnsigned(present.version(), table.head()) >= 0)
                .isPresent();
    }
}
