package dev.omnigraph.controlplane.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.apply.ApplyRequest;
import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.config.HeaderLoad;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.MemoryGraphEngine;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.instance.InstanceRecord;
import dev.omnigraph.controlplane.instance.Liveness;
import dev.omnigraph.controlplane.instance.Presence;
import dev.omnigraph.controlplane.instance.Sign;
import dev.omnigraph.controlplane.instance.TestTime;
import dev.omnigraph.controlplane.ledger.Approval;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.LockDocument;
import dev.omnigraph.controlplane.ledger.Sidecar;
import dev.omnigraph.controlplane.ledger.SidecarKind;
import dev.omnigraph.controlplane.ledger.SidecarStore;
import dev.omnigraph.controlplane.operation.InterruptedOperations;
import dev.omnigraph.controlplane.operation.OperationOwner;
import dev.omnigraph.controlplane.operation.OperationRead;
import dev.omnigraph.controlplane.operation.OperationRecord;
import dev.omnigraph.controlplane.operation.OperationStore;
import dev.omnigraph.controlplane.operation.OperationSubmission;
import dev.omnigraph.controlplane.operation.StoredOperation;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandSettings;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.CountingObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.testing.DesiredClusters;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands beside other instances: whose work is left alone, whose lock is not taken, and what each command asks for. */
class OtherInstancesTest {

    private static final String SCHEMA = "node A { a: String @key }";
    private static final String OPERATION = "01KB0000000000000000000100";
    private static final String SIDECAR = "01KB0000000000000000000900";

    private final MemoryObjectStore store = new MemoryObjectStore();
    private final CountingObjectStore counted = new CountingObjectStore(store);
    private final TestTime time = new TestTime();
    private final OperationOwner other = new OperationOwner("b", "host-b", time.instant());
    private Liveness liveness = Liveness.ALIVE;
    private final DesiredCluster desired = new DesiredClusters()
            .graph("people", SCHEMA, "find=query find() {}")
            .policy("server", "version: 1\n", "cluster")
            .build();
    private final ClusterService service = new ClusterService(new ClusterContext(
            new StorageRoot.Folder(Path.of("/memory")),
            counted,
            new MemoryGraphEngine(counted),
            time,
            new UlidSource(),
            time,
            FaultPoints.NONE,
            Runnable::run,
            new CommandSettings(Duration.ZERO, 4242, false),
            new OneOther()));

    /** One other instance, which announced the lock {@code theirs}. */
    private final class OneOther implements Presence {
        @Override
        public boolean mayBeAtWork(OperationOwner process) {
            return process.equals(other) && liveness.mayBeAtWork();
        }

        @Override
        public Optional<Sign> holder(String lockId) {
            return Optional.of(new Sign(
                            new InstanceRecord(other, "1.0", 7, time.instant(), Optional.of("theirs"), false),
                            liveness,
                            Duration.ofSeconds(2)))
                    .filter(sign ->
                            sign.record().lockId().filter(lockId::equals).isPresent());
        }
    }

    @BeforeEach
    void converge() {
        assertThat(service.importLedger(load(), RunListener.NONE).ok()).isTrue();
        assertThat(apply().converged()).isTrue();
    }

    private ConfigLoad load() {
        return new ConfigLoad("/config", "/config/cluster.yaml", Optional.of(desired), List.of());
    }

    private ApplyOutput apply() {
        return service.apply(load(), ApplyRequest.by(Optional.of("alice")), RunListener.NONE);
    }

    private static List<String> codes(CommandOutput output) {
        return output.diagnostics().stream()
                .map(diagnostic -> diagnostic.code().wire())
                .toList();
    }

    /** The other instance announced a schema apply and is at work on it. */
    private void otherAtWork() {
        OperationStore operations = new OperationStore(store);
        OperationRecord running = OperationRecord.queued(new OperationSubmission(
                        OPERATION,
                        "apply",
                        Optional.empty(),
                        other,
                        time.instant(),
                        Optional.empty(),
                        Optional.empty()))
                .started(time.instant());
        operations.create(running.traced(running.trace().withSidecar(SIDECAR)));
        new SidecarStore(store)
                .write(new Sidecar(
                        SIDECAR,
                        "2026-11-25T10:00:00Z",
                        Optional.empty(),
                        SidecarKind.SCHEMA_APPLY,
                        "people",
                        "/memory/graphs/people.omni",
                        OptionalLong.of(3),
                        OptionalLong.empty(),
                        "c0ffee",
                        Optional.empty(),
                        Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource(Liveness.class)
    void nobodyDecidesOnWhatALivingProcessIsAtWorkOn(Liveness seen) {
        liveness = seen;
        otherAtWork();

        RecoveryView recovery = service.recoveries().get(0);
        ApplyOutput applied = apply();

        boolean left = seen.mayBeAtWork();
        assertThat(recovery.toJson().toString()).contains(left ? "is at work on it" : "is retired");
        assertThat(codes(applied).contains("cluster_recovery_pending")).isEqualTo(left);
        assertThat(service.recoveries()).hasSize(left ? 1 : 0);
    }

    @Test
    void onceTheOperationIsEndedItsRecordsAreDecided() {
        otherAtWork();
        OperationStore operations = new OperationStore(store);
        StoredOperation running = ((OperationRead.Found) operations.read(OPERATION)).operation();
        operations.replace(running, InterruptedOperations.interrupted(running.record(), time.instant()));

        assertThat(apply().converged()).isTrue();
        assertThat(service.recoveries()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Liveness.class)
    void aLockIsTakenFromTheLivingOnlyOnPurpose(Liveness seen) {
        liveness = seen;
        HeaderLoad header = new HeaderLoad("/config", Optional.empty(), List.of());
        lock("theirs");

        assertThat(codes(service.forceUnlock(header, "another", false))).containsExactly("state_lock_id_mismatch");
        ForceUnlockOutput asked = service.forceUnlock(header, "theirs", false);
        if (seen.mayBeAtWork()) {
            assertThat(codes(asked)).containsExactly("lock_holder_alive");
            assertThat(service.forceUnlock(header, "theirs", true).lockRemoved())
                    .isTrue();
        } else {
            assertThat(asked.lockRemoved()).isTrue();
        }
        lock("of the tool");
        assertThat(service.forceUnlock(header, "of the tool", false).lockRemoved())
                .isTrue();
    }

    private void lock(String id) {
        store.putIfAbsent(
                ControlKeys.LOCK,
                new LockDocument(id, "apply", "2026-11-25T10:00:00Z", 7).write().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aWarmStatusCostsTwoRequestsAndOneForWhatThereIs() {
        HeaderLoad header = new HeaderLoad("/config", Optional.empty(), List.of());
        counted.reset();
        service.status(header, false);
        // What stands in __cluster and in __control.
        assertThat(counted.calls(StoreCall.LIST)).isEqualTo(2);
        assertThat(counted.calls()).isEqualTo(2);

        store.putIfAbsent(ControlKeys.trash(SIDECAR, "people").child("_schema.pg"), new byte[] {'x'});
        counted.reset();
        assertThat(service.status(header, false).trash()).containsExactly(SIDECAR);
        assertThat(counted.calls()).isEqualTo(3);

        store.putIfAbsent(ControlKeys.DECISIONS.child(SIDECAR + ".json"), new byte[] {'x'});
        counted.reset();
        service.status(header, false);
        // Approvals in both places, and of one whose record cannot be read the record and the artifact.
        assertThat(counted.calls()).isEqualTo(3 + 2 + 2);
    }

    /** Used approvals are read once in the life of a process, however many there are. */
    @Test
    void whatWasEverApprovedCostsNothing() {
        for (int number = 0; number < 50; number++) {
            Approval used = new Approval(
                            "01KB" + String.format("%022d", number),
                            "graph.gone",
                            "delete",
                            "graph_delete",
                            "c0ffee",
                            Optional.of("a"),
                            Optional.empty(),
                            "carol",
                            "2026-11-25T10:00:00Z",
                            Optional.empty(),
                            Optional.empty())
                    .consumed("2026-11-25T10:00:00Z", SIDECAR);
            store.putIfAbsent(
                    ControlKeys.approval(used.approvalId()), used.write().getBytes(StandardCharsets.UTF_8));
        }
        apply();

        counted.reset();
        apply();
        assertThat(counted.calls()).isEqualTo(6);
        counted.reset();
        service.plan(load());
        assertThat(counted.calls()).isEqualTo(4);
    }

    /** Everything but the looks at catalog and graphs: lock, three listings, proof, history, ledger, unlock. */
    @Test
    void whatARefreshCosts() {
        service.refresh(load(), Set.of(), RunListener.NONE);
        counted.reset();

        assertThat(service.refresh(load(), Set.of(), RunListener.NONE).ok()).isTrue();

        assertThat(counted.calls(StoreCall.PUT_IF_ABSENT)).isEqualTo(2);
        assertThat(counted.calls(StoreCall.LIST)).isEqualTo(3);
        assertThat(counted.calls(StoreCall.PUT_IF_MATCH)).isEqualTo(1);
        assertThat(counted.calls(StoreCall.DELETE_IF_MATCH)).isEqualTo(1);
        // The proof, and what the graph in memory costs; the listing of the catalog shows that nothing is to be read
        // there.
        assertThat(counted.calls(StoreCall.GET)).isEqualTo(1 + 1);
        assertThat(counted.calls(StoreCall.TREE)).isEqualTo(1);
        assertThat(counted.calls()).isEqualTo(8 + 1 + 1);
    }

    /** A changed policy costs its copy, and the ledger its proof, its history and itself. */
    @Test
    void whatAChangeCosts() {
        DesiredCluster changed = new DesiredClusters()
                .graph("people", SCHEMA, "find=query find() {}")
                .policy("server", "version: 1\nx: 1\n", "cluster")
                .build();
        ConfigLoad load = new ConfigLoad("/config", "/config/cluster.yaml", Optional.of(changed), List.of());
        counted.reset();

        assertThat(service.apply(load, ApplyRequest.by(Optional.of("alice")), RunListener.NONE)
                        .converged())
                .isTrue();

        assertThat(counted.calls()).isEqualTo(5 + 1 + 3);
    }
}
