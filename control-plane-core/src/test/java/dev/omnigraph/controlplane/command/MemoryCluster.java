package dev.omnigraph.controlplane.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.apply.ApplyRequest;
import dev.omnigraph.controlplane.approval.ApprovalRules;
import dev.omnigraph.controlplane.approval.Decision;
import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.graph.MemoryGraphEngine;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.instance.Presence;
import dev.omnigraph.controlplane.ledger.Approval;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.InvalidDocumentException;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerDocument;
import dev.omnigraph.controlplane.operation.RecordedRun;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandSettings;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.testing.DesiredClusters;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A cluster in memory under the commands of this service, with a clock and fault points that a test sets. */
final class MemoryCluster {

    private final ObjectStore store;
    private final StorageRoot root;
    private final MemoryGraphEngine engine;
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-06-10T10:00:00Z"));
    private Optional<FaultPoint> armed = Optional.empty();
    private Optional<String> lastDecision = Optional.empty();

    private ClusterService service;

    MemoryCluster() {
        this(ApprovalRules.DEFAULT);
    }

    MemoryCluster(ApprovalRules rules) {
        this(new MemoryObjectStore(), new StorageRoot.Folder(Path.of("/memory")), rules);
    }

    /** A cluster elsewhere; its graphs are still nothing but a schema each. */
    MemoryCluster(ObjectStore store, StorageRoot root) {
        this(store, root, ApprovalRules.DEFAULT);
    }

    private MemoryCluster(ObjectStore store, StorageRoot root, ApprovalRules rules) {
        this.store = store;
        this.root = root;
        this.engine = new MemoryGraphEngine(store);
        this.service = service(rules);
    }

    /** From now on these rules hold. */
    void rule(ApprovalRules rules) {
        service = service(rules);
    }

    private ClusterService service(ApprovalRules rules) {
        return new ClusterService(new ClusterContext(
                root,
                store,
                engine,
                now::get,
                new UlidSource(),
                Pause.REAL,
                this::reach,
                Runnable::run,
                new CommandSettings(Duration.ZERO, 4242, false, rules),
                Presence.ALONE));
    }

    /** Where it is in memory. */
    MemoryObjectStore store() {
        return (MemoryObjectStore) store;
    }

    /** Wherever it is. */
    ObjectStore objects() {
        return store;
    }

    MemoryGraphEngine engine() {
        return engine;
    }

    ClusterService service() {
        return service;
    }

    void pass(Duration time) {
        now.set(now.get().plus(time));
    }

    /** Runs a command that comes to this point and ends there. */
    void stopAt(FaultPoint point, Runnable command) {
        armed = Optional.of(point);
        command.run();
        armed = Optional.empty();
    }

    private void reach(FaultPoint point) {
        if (armed.filter(point::equals).isPresent()) {
            throw new InjectedFaultException(point);
        }
    }

    /** A desired state of one graph. */
    static DesiredCluster people(String schema) {
        return new DesiredClusters().graph("people", schema).build();
    }

    static ConfigLoad load(DesiredCluster desired) {
        return new ConfigLoad("/config", "/config/cluster.yaml", Optional.of(desired), List.of());
    }

    /** Makes the first ledger and everything that is desired. */
    void converge(DesiredCluster desired) {
        assertThat(service.importLedger(load(desired), RunListener.NONE).ok()).isTrue();
        assertThat(apply(desired).converged()).isTrue();
    }

    PlanOutput plan(DesiredCluster desired) {
        return service.plan(load(desired));
    }

    ApplyOutput apply(DesiredCluster desired) {
        return apply(desired, "alice");
    }

    ApplyOutput apply(DesiredCluster desired, String actor) {
        return apply(desired, Optional.of(actor), RunListener.NONE);
    }

    ApplyOutput apply(DesiredCluster desired, Optional<String> actor, RunListener listener) {
        return service.apply(load(desired), ApplyRequest.by(actor), listener);
    }

    /** As the service does it, with a record of what the run is about to do; it is told to be dead when it has ended. */
    ApplyOutput applyOnRecord(DesiredCluster desired) {
        RecordedRun run = RecordedRun.begin(store, new UlidSource().nextUlid(), "apply");
        try {
            return service.apply(load(desired), ApplyRequest.by(Optional.of("alice")), run);
        } finally {
            run.interrupted();
        }
    }

    ApproveOutput decide(
            DesiredCluster desired,
            String resource,
            Decision decision,
            Optional<Duration> expiresIn,
            boolean allowDataMovement) {
        return decide(desired, "carol", resource, decision, expiresIn, allowDataMovement);
    }

    ApproveOutput decide(
            DesiredCluster desired,
            String approver,
            String resource,
            Decision decision,
            Optional<Duration> expiresIn,
            boolean allowDataMovement) {
        ApproveOutput output = service.approve(
                load(desired),
                new ApprovalRequest(
                        resource,
                        approver,
                        Optional.empty(),
                        Optional.empty(),
                        decision,
                        Optional.empty(),
                        expiresIn,
                        allowDataMovement),
                RunListener.NONE);
        lastDecision = output.decided().map(record -> record.bound().approvalId());
        return output;
    }

    /** The approval that was decided last. */
    String lastDecision() {
        return lastDecision.orElseThrow();
    }

    RevokeOutput revoke(String approval) {
        return service.revoke(approval, Optional.of("carol"), Optional.empty(), RunListener.NONE);
    }

    Approval artifact(String id) {
        try {
            return Approval.read(text(ControlKeys.approval(id)));
        } catch (InvalidDocumentException e) {
            throw new IllegalStateException(e);
        }
    }

    Ledger ledger() {
        try {
            return LedgerDocument.read(text(ControlKeys.STATE));
        } catch (InvalidDocumentException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The decisions that the next sweep takes. */
    List<String> recoveries() {
        return service.recoveries().stream()
                .map(recovery ->
                        recovery.examined().decision().orElseThrow().getClass().getSimpleName())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    String text(ObjectKey key) {
        return ((GetOutcome.Found) store.get(key)).object().text().orElseThrow();
    }

    boolean isStored(ObjectKey key) {
        return store.get(key) instanceof GetOutcome.Found;
    }

    List<ObjectKey> objects(ObjectKey folder) {
        return ((ListOutcome.Listed) store.list(folder))
                .entries().stream().map(ListOutcome.Entry::key).toList();
    }

    /** What a command found, without what it says of each change that is not carried out. */
    static List<String> codes(CommandOutput output) {
        return output.diagnostics().stream()
                .map(diagnostic -> diagnostic.code().wire())
                .filter(code -> !code.equals("apply_dependency_blocked"))
                .toList();
    }
}
