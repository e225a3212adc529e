package dev.omnigraph.controlplane.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.approval.Reservation;
import dev.omnigraph.controlplane.approval.ReservationStore;
import dev.omnigraph.controlplane.command.ClusterService;
import dev.omnigraph.controlplane.command.RetentionOutput;
import dev.omnigraph.controlplane.config.FileContent;
import dev.omnigraph.controlplane.desired.ConfigurationName;
import dev.omnigraph.controlplane.desired.ConfigurationStore;
import dev.omnigraph.controlplane.desired.Revision;
import dev.omnigraph.controlplane.desired.RevisionStore;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.graph.MemoryGraphEngine;
import dev.omnigraph.controlplane.graph.SchemaLock;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.instance.Presence;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.ledger.Approval;
import dev.omnigraph.controlplane.ledger.Consumption;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerDocument;
import dev.omnigraph.controlplane.operation.IdempotencyStore;
import dev.omnigraph.controlplane.operation.OperationEnding;
import dev.omnigraph.controlplane.operation.OperationOwner;
import dev.omnigraph.controlplane.operation.OperationRecord;
import dev.omnigraph.controlplane.operation.OperationStore;
import dev.omnigraph.controlplane.operation.OperationSubmission;
import dev.omnigraph.controlplane.operation.OperationTrace;
import dev.omnigraph.controlplane.operation.RepeatableRequest;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandSettings;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.TreeOutcome;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import dev.omnigraph.controlplane.storedplan.StoredPlan;
import dev.omnigraph.controlplane.storedplan.StoredPlanStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run of retention removes, what it never does, and what is left where one is interrupted. */
class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(91));
    private static final String SIDECAR = "01KT0000000000000000000001";
    private static final String APPROVAL = "01KT0000000000000000000007";
    private static final RetentionPeriods PERIODS = new RetentionPeriods(
            Duration.ofDays(90), Duration.ofHours(24), Duration.ofDays(30), Duration.ofDays(30), 200);
    private static final Map<String, Long> EVERYTHING_ONCE = Map.of(
            "trash", 1L, "operations", 1L, "idempotency_keys", 1L, "ledgers", 1L, "plans", 1L, "configurations", 1L);
    private static final List<String> FOLDERS =
            List.of("trash", "operations", "idempotency", "history", "plans", "configurations");
    private static final String PLAN = "01KT0000000000000000000009";
    private static final ObjectKey PLAN_KEY = StoredPlanStore.key(PLAN);
    private static final ObjectKey DELETED_GRAPH =
            ControlKeys.trash(SIDECAR, "scratch").child("_schema.pg");

    private final MemoryObjectStore store = new MemoryObjectStore();
    private Optional<FaultPoint> armed = Optional.empty();

    private final ClusterService service = new ClusterService(new ClusterContext(
            new StorageRoot.Folder(Path.of("/memory")),
            store,
            new MemoryGraphEngine(store),
            () -> NOW,
            new UlidSource(),
            Pause.REAL,
            this::reach,
            Runnable::run,
            new CommandSettings(Duration.ZERO, 4242, false),
            Presence.ALONE));

    @BeforeEach
    void aLedger() {
        Ledger ledger = Ledger.EMPTY.edit().revision(300).build();
        put(ControlKeys.STATE, LedgerDocument.write(ledger));
    }

    @Test
    void whatIsDueIsRemovedAndWhatIsNotStays() {
        everythingDueOnce();
        String young = operation(NOW.minus(Duration.ofDays(89)), UnaryOperator.identity());
        String running = store(
                OperationRecord.queued(submission(LONG_AGO.minusSeconds(1))).started(LONG_AGO));
        key("young", NOW.minus(Duration.ofHours(23)));
        history(100, "b");
        history(900, "c");

        RetentionOutput output = run();

        assertThat(output.diagnostics()).isEmpty();
        assertThat(output.result().removed()).isEqualTo(EVERYTHING_ONCE);
        assertThat(output.result().kept()).isEmpty();
        assertThat(output.result().more()).isFalse();
        assertThat(names("operations")).containsExactlyInAnyOrder(young + ".json", running + ".json");
        assertThat(names("idempotency")).hasSize(1);
        assertThat(names("history"))
                .containsExactlyInAnyOrder("100-" + "b".repeat(64) + ".json", "900-" + "c".repeat(64) + ".json");
        assertThat(names("trash")).isEmpty();
        assertThat(isStored(ControlKeys.LOCK)).isFalse();
        assertThat(run().result().removed().values()).containsOnly(0L);
    }

    /** A mark in the artifact is as good as the ledger, which may have been made anew since. */
    @Test
    void trashWhoseApprovalIsMarkedAsUsedIsRemoved() {
        put(DELETED_GRAPH, "x");
        reserve();
        put(
                ControlKeys.approval(APPROVAL),
                approval().consumed("2026-06-10T10:00:00Z", SIDECAR).write());

        assertThat(run().result().removed()).containsEntry("trash", 1L);
        assertThat(isStored(DELETED_GRAPH)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unused", "revoked", "expired", "pending", "set aside", "unknown"})
    void trashThatIsNotSettledStays(String why) {
        put(DELETED_GRAPH, "x");
        switch (why) {
            case "unused" -> {
                reserve();
                put(ControlKeys.approval(APPROVAL), approval().write());
            }
            case "revoked", "expired" -> {
                reserve();
                put(
                        ControlKeys.approval(APPROVAL),
                        approval().consumed("2026-06-10T10:00:00Z", why + ":x").write());
            }
            case "pending" -> {
                recordUse();
                put(ControlKeys.sidecar(SIDECAR), "{");
            }
            case "set aside" -> {
                recordUse();
                put(ControlKeys.quarantine(SIDECAR + ".json"), "{}");
            }
            default -> {}
        }

        RetentionOutput output = run();

        assertThat(output.ok()).isTrue();
        assertThat(output.result().removed()).containsEntry("trash", 0L);
        assertThat(output.result().kept())
                .extracting(RetentionResult.Kept::path)
                .containsExactly("__control/trash/" + SIDECAR);
        assertThat(isStored(DELETED_GRAPH)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sidecar", "set aside", "journal", "trash", "reservation", "lock branch"})
    void anOperationThatProvesSomethingStays(String what) {
        String id = operation(
                LONG_AGO,
                trace -> what.equals("lock branch")
                        ? trace.withLockBranchPlanned("people", 7, LONG_AGO)
                                .withLockBranchMade("people", new SchemaLock(LONG_AGO, 7))
                        : trace.withSidecar(SIDECAR).withRemovalStarted(SIDECAR));
        switch (what) {
            case "sidecar" -> put(ControlKeys.sidecar(SIDECAR), "{");
            case "set aside" -> put(ControlKeys.quarantine(SIDECAR + ".json"), "{}");
            case "journal" -> put(ControlKeys.CLEANUP.child(SIDECAR + ".json"), "{}");
            case "trash" -> put(DELETED_GRAPH, "x");
            case "reservation" -> {
                reserve();
                put(ControlKeys.approval(APPROVAL), approval().write());
            }
            default -> {}
        }

        RetentionOutput output = run();

        assertThat(output.result().removed()).containsEntry("operations", 0L);
        assertThat(output.result().kept())
                .extracting(RetentionResult.Kept::path)
                .contains(OperationStore.key(id).path());
        assertThat(names("operations")).containsExactly(id + ".json");
    }

    /** What is not known is not removed, and neither is anything that it might have kept. */
    @ParameterizedTest
    @CsvSource({
        "GET, __cluster/state.json, 0",
        "LIST, __cluster/recoveries, 0",
        "LIST, __control/quarantine, 0",
        "LIST, __control/cleanup, 0",
        "LIST, __cluster/approvals, 0",
        "LIST, __control/trash, 0",
        "LIST, __control/operations, 1",
        "LIST, __control/idempotency, 2",
        "LIST, __control/history, 3",
        "LIST, __control/plans, 4",
        "LIST, __control/configurations, 5",
        "LIST, __control/revisions, 5",
        "GET, __control/plans/01KT0000000000000000000009.json, 4"
    })
    void whatCannotBeListedIsNotRemoved(StoreCall call, String key, int kindsRemoved) {
        everythingDueOnce();
        store.disturb(
                (asked, at) -> asked == call && at.path().equals(key) ? StoreFault.REQUEST_LOST : StoreFault.NONE);

        RetentionOutput output = run();

        assertThat(codes(output)).containsExactly("storage_unavailable");
        assertThat(output.result().removed().values().stream().filter(count -> count > 0))
                .hasSize(kindsRemoved);
        store.calm();
        assertThat(isStored(ControlKeys.LOCK)).isFalse();
        run();
        assertThat(FOLDERS).allSatisfy(folder -> assertThat(names(folder)).isEmpty());
    }

    @Test
    void aLedgerThatCannotBeUnderstoodLetsNothingBeRemoved() {
        everythingDueOnce();
        store.delete(ControlKeys.STATE);
        put(ControlKeys.STATE, "{");

        assertThat(codes(run())).containsExactly("invalid_state_json");
        assertThat(isStored(DELETED_GRAPH)).isTrue();
    }

    /** Every removal can fail in every way; the next run does what is left, and nothing else is touched. */
    @ParameterizedTest
    @CsvSource({
        "REMOVE_TREE, trash",
        "DELETE_IF_MATCH, operations",
        "DELETE_IF_MATCH, idempotency",
        "DELETE, history",
        "DELETE, plans",
        "DELETE, configurations",
    })
    void aRemovalThatFailsIsDoneByTheNextRun(StoreCall call, String folder) {
        for (StoreFault fault : List.of(StoreFault.REFUSED, StoreFault.REQUEST_LOST, StoreFault.ANSWER_LOST)) {
            everythingDueOnce();
            store.disturb((asked, at) ->
                    asked == call && at.path().startsWith("__control/" + folder) ? fault : StoreFault.NONE);

            RetentionOutput output = run();

            assertThat(codes(output)).as("%s", fault).containsExactly("retention_incomplete");
            // A graph that is still there needs the record of the operation that moved it, a plan its configuration.
            assertThat(output.result().removed().values().stream().filter(count -> count > 0))
                    .hasSize(EVERYTHING_ONCE.size() - 1 - (isStored(DELETED_GRAPH) || isStored(PLAN_KEY) ? 1 : 0));
            store.calm();
            assertThat(run().ok()).isTrue();
            assertThat(names(folder)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            mode = EnumSource.Mode.MATCH_ANY,
            names = {"RETENTION_.*"})
    void aRunThatIsStoppedIsFinishedByTheNext(FaultPoint point) {
        everythingDueOnce();
        armed = Optional.of(point);

        assertThat(codes(run())).containsExactly("injected_failpoint");

        armed = Optional.empty();
        assertThat(isStored(DELETED_GRAPH)).isFalse();
        assertThat(run().ok()).isTrue();
        assertThat(FOLDERS).allSatisfy(folder -> assertThat(names(folder)).isEmpty());
    }

    @Test
    void aKeyThatIsClaimedAnewAtThisMomentStays() {
        key("again", NOW.minus(Duration.ofHours(25)));
        store.disturb((call, at) -> {
            if (call == StoreCall.DELETE_IF_MATCH) {
                store.calm();
                key("again", NOW);
            }
            return StoreFault.NONE;
        });

        RetentionOutput output = run();

        assertThat(output.ok()).isTrue();
        assertThat(output.result().removed()).containsEntry("idempotency_keys", 0L);
        assertThat(names("idempotency")).hasSize(1);
    }

    @Test
    void aPlanStaysForATimeAfterItExpired() {
        plan(configuration("old", LONG_AGO), NOW.minus(Duration.ofDays(29)));

        assertThat(run().result().removed()).containsEntry("plans", 0L).containsEntry("configurations", 0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"young", "revision", "operation", "unreadable operation", "unreadable plan"})
    void aConfigurationThatMayBeWantedStays(String why) {
        ConfigurationName name = configuration("x", why.equals("young") ? NOW.minus(Duration.ofDays(29)) : LONG_AGO);
        switch (why) {
            case "revision" ->
                new RevisionStore(store)
                        .moveTo(Revision.of(Optional.empty(), name, Optional.empty(), Optional.empty(), LONG_AGO));
            case "operation" ->
                store(OperationRecord.queued(submission(NOW, Optional.of(name.text())))
                        .ended(NOW, OperationEnding.cancelledInQueue()));
            case "unreadable operation" -> put(OperationStore.key(SIDECAR), "{");
            case "unreadable plan" -> put(PLAN_KEY, "{");
            default -> {}
        }

        RetentionOutput output = run();

        assertThat(output.ok()).isTrue();
        assertThat(output.result().removed()).containsEntry("configurations", 0L);
        assertThat(new ConfigurationStore(store).find(name)).isPresent();
    }

    @Test
    void nobodyRemovesBesideAnother() {
        everythingDueOnce();
        put(ControlKeys.LOCK, "{");

        assertThat(codes(run())).containsExactly("state_lock_held");
        assertThat(isStored(DELETED_GRAPH)).isTrue();
    }

    @Test
    void nothingIsKeptShorterThanWhatNamesIt() {
        Duration day = Duration.ofHours(24);
        assertThatThrownBy(() -> new RetentionPeriods(day, day.minusSeconds(1), day, day, 1))
                .hasMessageContaining("idempotency keys");
        assertThatThrownBy(() -> new RetentionPeriods(day, day.plusSeconds(1), day, day, 1))
                .hasMessageContaining("operations");
        assertThatThrownBy(() -> new RetentionPeriods(day, day, day.negated(), day, 1))
                .hasMessageContaining("plans");
        assertThatThrownBy(() -> new RetentionPeriods(day, day, day, day.negated(), 1))
                .hasMessageContaining("configurations");
        assertThatThrownBy(() -> new RetentionPeriods(day, day, day, day, 0)).hasMessageContaining("ledger");
    }

    private RetentionOutput run() {
        return service.retention(PERIODS, RunListener.NONE);
    }

    private void reach(FaultPoint point) {
        if (armed.filter(point::equals).isPresent()) {
            throw new InjectedFaultException(point);
        }
    }

    private void everythingDueOnce() {
        put(DELETED_GRAPH, "x");
        put(ControlKeys.trash(SIDECAR, "scratch").child("nodes/rows"), "x");
        recordUse();
        operation(LONG_AGO, trace -> trace.withSidecar(SIDECAR));
        key("old", NOW.minus(Duration.ofHours(25)));
        history(99, "a");
        plan(configuration("old", LONG_AGO), NOW.minus(Duration.ofDays(31)));
    }

    private ConfigurationName configuration(String content, Instant storedAt) {
        Map<String, FileContent> files =
                Map.of("cluster.yaml", FileContent.owning(content.getBytes(StandardCharsets.UTF_8)));
        new ConfigurationStore(store).store(files, Optional.empty(), storedAt);
        return ConfigurationStore.nameOf(files);
    }

    private void plan(ConfigurationName configuration, Instant expiresAt) {
        new StoredPlanStore(store)
                .create(new StoredPlan(
                        PLAN,
                        configuration,
                        "d",
                        "c",
                        JsonObject.empty(),
                        "",
                        Optional.empty(),
                        LONG_AGO,
                        expiresAt,
                        Optional.empty(),
                        List.of()));
    }

    private void recordUse() {
        Ledger used = Ledger.EMPTY
                .edit()
                .revision(300)
                .putApprovalRecord(APPROVAL, Consumption.record("2026-06-10T10:00:00Z", SIDECAR))
                .build();
        store.delete(ControlKeys.STATE);
        put(ControlKeys.STATE, LedgerDocument.write(used));
    }

    private void reserve() {
        new ReservationStore(store).claim(APPROVAL, new Reservation.ForSidecar(SIDECAR), (approval, sidecar) -> false);
    }

    private static Approval approval() {
        return new Approval(
                APPROVAL,
                "graph.scratch",
                "delete",
                "it is not wanted any more",
                "c",
                Optional.of("b"),
                Optional.empty(),
                "carol",
                "2026-06-10T10:00:00Z",
                Optional.empty(),
                Optional.empty());
    }

    private String operation(Instant when, UnaryOperator<OperationTrace> trace) {
        return store(OperationRecord.queued(submission(when))
                .started(when)
                .traced(trace.apply(OperationTrace.empty()))
                .ended(when, OperationEnding.cancelledInQueue()));
    }

    private String store(OperationRecord operation) {
        new OperationStore(store).create(operation);
        return operation.id();
    }

    private static OperationSubmission submission(Instant when) {
        return submission(when, Optional.empty());
    }

    private static OperationSubmission submission(Instant when, Optional<String> configuration) {
        return new OperationSubmission(
                UlidSource.firstAt(when),
                "apply",
                Optional.empty(),
                new OperationOwner("node", "node.local", when),
                when,
                configuration,
                Optional.empty());
    }

    private void key(String key, Instant claimed) {
        new IdempotencyStore(store)
                .claim(new RepeatableRequest(Optional.of("alice"), "POST", "/apply", key, "body"), SIDECAR, claimed);
    }

    private void history(long revision, String digit) {
        put(ControlKeys.history(Long.toString(revision), digit.repeat(64)), "{}");
    }

    private List<String> names(String folder) {
        ObjectKey place = ControlKeys.CONTROL.child(folder);
        return ((TreeOutcome.Listed) store.tree(place))
                .entries().stream().map(entry -> entry.key().name()).toList();
    }

    private boolean isStored(ObjectKey key) {
        return store.get(key) instanceof GetOutcome.Found;
    }

    private void put(ObjectKey key, String content) {
        store.putIfAbsent(key, content.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> codes(RetentionOutput output) {
        return output.diagnostics().stream()
                .map(diagnostic -> diagnostic.code().wire())
                .toList();
    }
}
