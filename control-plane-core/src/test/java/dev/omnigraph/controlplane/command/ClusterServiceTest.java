package dev.omnigraph.controlplane.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.apply.ApplyRequest;
import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.config.HeaderLoad;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.GraphRecovery;
import dev.omnigraph.controlplane.graph.MemoryGraphEngine;
import dev.omnigraph.controlplane.graph.SchemaApplication;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.instance.Presence;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.language.schema.migration.MigrationPlan;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.InvalidDocumentException;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerDocument;
import dev.omnigraph.controlplane.ledger.ResourceStatus;
import dev.omnigraph.controlplane.ledger.Sidecar;
import dev.omnigraph.controlplane.ledger.SidecarKind;
import dev.omnigraph.controlplane.operation.Freeze;
import dev.omnigraph.controlplane.operation.FreezeStore;
import dev.omnigraph.controlplane.plan.Change;
import dev.omnigraph.controlplane.plan.Migration;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandSettings;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.CountingObjectStore;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import dev.omnigraph.controlplane.testing.DesiredClusters;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What commands decide when something is in the way, on a store and an engine in memory. */
class ClusterServiceTest {

    private static final String SCHEMA = "node A { a: String @key }";
    private static final String WIDER_SCHEMA = "node A { a: String @key b: String? }";
    private static final ObjectKey PEOPLE_SCHEMA = new ObjectKey("graphs/people.omni/_schema.pg");
    private static final ObjectKey SCRATCH_SCHEMA = new ObjectKey("graphs/scratch.omni/_schema.pg");

    private final MemoryObjectStore store = new MemoryObjectStore();
    private final CountingObjectStore counted = new CountingObjectStore(store);
    private final MemoryGraphEngine engine = new MemoryGraphEngine(counted);
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-06-10T10:00:00Z"));
    private final List<Duration> pauses = new ArrayList<>();
    private final ClusterService service = service(Duration.ZERO);

    private final DesiredCluster desired = new DesiredClusters()
            .graph("people", SCHEMA, "find=query find() {}")
            .graph("scratch", SCHEMA)
            .policy("base", "version: 1\n", "people")
            .policy("server", "version: 1\n", "cluster")
            .build();

    private ClusterService service(Duration lockWait) {
        return service(lockWait, false);
    }

    private ClusterService service(Duration lockWait, boolean asksPolicies) {
        InstantSource clock = now::get;
        Pause pause = duration -> {
            pauses.add(duration);
            now.updateAndGet(instant -> instant.plus(duration));
        };
        return new ClusterService(new ClusterContext(
                new StorageRoot.Folder(Path.of("/memory")),
                counted,
                engine,
                clock,
                new UlidSource(),
                pause,
                FaultPoints.NONE,
                Runnable::run,
                new CommandSettings(lockWait, 4242, asksPolicies),
                Presence.ALONE));
    }

    private static ConfigLoad load(DesiredCluster desired) {
        return new ConfigLoad("/config", "/config/cluster.yaml", Optional.of(desired), List.of());
    }

    private ApplyOutput apply() {
        return apply(ApplyRequest.by(Optional.of("alice")));
    }

    private ApplyOutput apply(ApplyRequest request) {
        return service.apply(load(desired), request, RunListener.NONE);
    }

    private void converge() {
        assertThat(service.importLedger(load(desired), RunListener.NONE).ok()).isTrue();
        ApplyOutput output = apply();
        assertThat(output.converged()).as("%s", output.diagnostics()).isTrue();
    }

    private Ledger ledger() {
        try {
            return LedgerDocument.read(text(ControlKeys.STATE));
        } catch (InvalidDocumentException e) {
            throw new IllegalStateException(e);
        }
    }

    private String text(ObjectKey key) {
        return ((GetOutcome.Found) store.get(key)).object().text().orElseThrow();
    }

    private boolean isStored(ObjectKey key) {
        return store.get(key) instanceof GetOutcome.Found;
    }

    private void write(ObjectKey key, String text) {
        store.putIfAbsent(key, text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> codes(CommandOutput output) {
        return output.diagnostics().stream()
                .map(diagnostic -> diagnostic.code().wire())
                .toList();
    }

    private static String verdict(List<Change> changes, String resource) {
        return changes.stream()
                .filter(change -> change.resource().text().equals(resource))
                .map(change -> change.disposition().wire()
                        + change.reason().map(reason -> ":" + reason.wire()).orElse(""))
                .findFirst()
                .orElse("none");
    }

    @Test
    void anEmptyStoreConvergesAndStaysSo() {
        converge();
        String before = text(ControlKeys.STATE);

        ApplyOutput again = apply();

        assertThat(again.converged()).isTrue();
        assertThat(again.result().stateWritten()).isFalse();
        assertThat(text(ControlKeys.STATE)).isEqualTo(before);
        assertThat(ledger().revision()).isEqualTo(2);
        assertThat(isStored(ControlKeys.LOCK)).isFalse();
    }

    @Test
    void aReplacedLedgerIsKept() {
        assertThat(service.importLedger(load(desired), RunListener.NONE).ok()).isTrue();
        String first = text(ControlKeys.STATE);
        apply();
        String kept = "__control/history/1-" + Sha256.hex(first) + ".json";
        assertThat(text(new ObjectKey(kept))).isEqualTo(first);
    }

    @Test
    void whereItIsNotKnownWhetherTheClusterIsFrozenNothingIsChanged() {
        service.importLedger(load(desired), RunListener.NONE);
        String before = text(ControlKeys.STATE);
        store.disturb((call, key) ->
                call == StoreCall.LIST && key.equals(ControlKeys.CONTROL) ? StoreFault.REQUEST_LOST : StoreFault.NONE);

        assertThat(apply().diagnostics()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(DiagnosticCode.STORAGE_UNAVAILABLE);
            assertThat(finding.message()).contains("freeze");
        });

        store.calm();
        assertThat(text(ControlKeys.STATE)).isEqualTo(before);
        assertThat(store.get(ControlKeys.LOCK)).isInstanceOf(GetOutcome.Absent.class);
        assertThat(apply().converged()).isTrue();
    }

    @Test
    void aFrozenClusterIsNotChanged() {
        converge();
        FreezeStore freezes = new FreezeStore(store);
        freezes.freeze(new Freeze(Optional.of("alice"), "release week", Instant.EPOCH));
        String before = text(ControlKeys.STATE);

        for (List<Diagnostic> findings : List.of(
                apply().diagnostics(),
                service.refresh(load(desired), Set.of(), RunListener.NONE).diagnostics())) {
            assertThat(findings).filteredOn(Diagnostic::isError).singleElement().satisfies(finding -> {
                assertThat(finding.code()).isEqualTo(DiagnosticCode.CLUSTER_FROZEN);
                assertThat(finding.message()).contains("alice", "release week", "nothing was changed");
            });
        }
        assertThat(text(ControlKeys.STATE)).isEqualTo(before);
        freezes.end();
        assertThat(apply().ok()).isTrue();
    }

    @Test
    void aWarmApplyWithNothingToDoCostsFiveRequests() {
        converge();
        counted.reset();

        apply();

        // Lock; what stands in __cluster and in __control, graph roots; then the lock is given back.
        assertThat(counted.calls(StoreCall.PUT_IF_ABSENT)).isEqualTo(1);
        assertThat(counted.calls(StoreCall.LIST)).isEqualTo(3);
        assertThat(counted.calls(StoreCall.DELETE_IF_MATCH)).isEqualTo(1);
        assertThat(counted.calls()).isEqualTo(5);
    }

    @Test
    void aPlanLooksOnceWhereTheLedgerStays() {
        converge();
        counted.reset();

        assertThat(service.plan(load(desired)).changes()).isEmpty();

        // What stands in __cluster, graph roots, and the ledger's tag once more.
        assertThat(counted.calls(StoreCall.LIST)).isEqualTo(3);
        assertThat(counted.calls()).isEqualTo(3);
    }

    @Test
    void aFailedCreateTakesItsDependantsAndNothingElse() {
        service.importLedger(load(desired), RunListener.NONE);
        engine.failCreatesOf("people");

        ApplyOutput output = apply();

        assertThat(output.ok()).isFalse();
        assertThat(output.converged()).isFalse();
        List<Change> changes = output.result().changes();
        assertThat(verdict(changes, "graph.people")).isEqualTo("blocked:graph_create_failed");
        assertThat(verdict(changes, "schema.people")).isEqualTo("blocked:dependency_not_applied");
        assertThat(verdict(changes, "query.people.find")).isEqualTo("blocked:dependency_not_applied");
        assertThat(verdict(changes, "policy.base")).isEqualTo("blocked:dependency_not_applied");
        // The first failure stops further graph work; what needs no graph converges and is recorded.
        assertThat(verdict(changes, "graph.scratch")).isEqualTo("blocked:graph_create_failed");
        assertThat(verdict(changes, "policy.server")).isEqualTo("applied");
        assertThat(codes(output)).contains("graph_create_failed", "graph_create_skipped");
        assertThat(ledger().entry(new ResourceAddress.Policy("server"))).isPresent();
        assertThat(ledger().entry(new ResourceAddress.Graph("people"))).isEmpty();
        assertThat(store.list(ControlKeys.RECOVERIES).toString()).contains(".json");
    }

    @Test
    void aChangedSchemaIsShownAndAppliedBeforeTheQueryThatUsesIt() {
        converge();
        DesiredCluster wider = new DesiredClusters()
                .graph("people", WIDER_SCHEMA, "find=query find() { match { $a: A } return { $a.b } }")
                .graph("scratch", SCHEMA)
                .policy("base", "version: 1\n", "people")
                .policy("server", "version: 1\n", "cluster")
                .build();

        PlanOutput plan = service.plan(load(wider));
        ApplyOutput output = service.apply(load(wider), ApplyRequest.by(Optional.of("alice")), RunListener.NONE);

        assertThat(PlanText.render(plan)).contains("\n      add property b: String? to node type A\n");
        Migration migration = plan.changes().stream()
                .flatMap(change -> change.migration().stream())
                .findFirst()
                .orElseThrow();
        assertThat(JsonText.compact(migration.toJson()))
                .contains("\"kind\":\"add_property\"", "\"data\":{\"rows_rewritten\":0");
        assertThat(output.converged()).as("%s", output.diagnostics()).isTrue();
        assertThat(ledger().digestOf(new ResourceAddress.Schema("people"))).contains(Sha256.hex(WIDER_SCHEMA));
        assertThat(text(PEOPLE_SCHEMA)).isEqualTo(WIDER_SCHEMA);
        assertThat(store.list(ControlKeys.RECOVERIES).toString()).doesNotContain(".json");
    }

    @Test
    void anUnsupportedMigrationIsHonestInThePlanAndStopsNobodyElse() {
        converge();
        DesiredCluster narrower = new DesiredClusters()
                .graph("people", "node A { a: I64 @key }", "find=query find() { match { $a: A } return { $a.a } }")
                .graph("scratch", WIDER_SCHEMA)
                .policy("base", "version: 1\n", "people")
                .policy("server", "version: 1\n", "cluster")
                .build();

        PlanOutput plan = service.plan(load(narrower));
        ApplyOutput output = service.apply(load(narrower), ApplyRequest.by(Optional.empty()), RunListener.NONE);

        assertThat(plan.ok()).isTrue();
        assertThat(plan.diagnostics()).isEmpty();
        for (List<Change> changes : List.of(plan.changes(), output.result().changes())) {
            assertThat(verdict(changes, "schema.people")).isEqualTo("blocked:schema_apply_unsupported");
            assertThat(verdict(changes, "query.people.find")).isEqualTo("blocked:dependency_not_applied");
            assertThat(verdict(changes, "schema.scratch")).isEqualTo("applied");
        }
        assertThat(codes(output)).containsOnlyOnce("schema_apply_failed");
        assertThat(text(PEOPLE_SCHEMA)).isEqualTo(SCHEMA);
        assertThat(text(SCRATCH_SCHEMA)).isEqualTo(WIDER_SCHEMA);
    }

    @ParameterizedTest
    @MethodSource("failedApplies")
    void aFailedSchemaApplyStopsTheGraphWorkAndTheRestIsRecorded(
            SchemaApplication outcome, String verdict, String code, boolean keepsIntent) {
        converge();
        DesiredCluster wider = new DesiredClusters()
                .graph("people", WIDER_SCHEMA)
                .graph("scratch", WIDER_SCHEMA)
                .policy("base", "version: 1\nx: 1\n", "people")
                .policy("server", "version: 1\nx: 1\n", "cluster")
                .build();
        engine.endNextApplyOf("people", outcome);

        ApplyOutput output = service.apply(load(wider), ApplyRequest.by(Optional.empty()), RunListener.NONE);

        List<Change> changes = output.result().changes();
        assertThat(verdict(changes, "schema.people")).isEqualTo(verdict);
        assertThat(verdict(changes, "schema.scratch")).isEqualTo("blocked:schema_apply_failed");
        assertThat(verdict(changes, "policy.base")).isEqualTo("blocked:dependency_not_applied");
        assertThat(verdict(changes, "policy.server")).isEqualTo("applied");
        assertThat(codes(output)).contains(code, "schema_apply_skipped");
        assertThat(output.result().stateWritten()).isTrue();
        assertThat(store.list(ControlKeys.RECOVERIES).toString().contains(".json"))
                .isEqualTo(keepsIntent);
    }

    /** What the dead leave is found by their record; whoever lives and leaves something leaves that too. */
    @Test
    void aSchemaApplyThatCouldNotClearItsGraphAwayKeepsItsRecordForTheNextApply() {
        converge();
        DesiredCluster wider = new DesiredClusters()
                .graph("people", WIDER_SCHEMA)
                .graph("scratch", SCHEMA)
                .policy("base", "version: 1\n", "people")
                .policy("server", "version: 1\n", "cluster")
                .build();
        engine.endNextApplyOf(
                "people", new SchemaApplication.Applied(9, new MigrationPlan(List.of()), List.of("the lock stays")));

        ApplyOutput output = service.apply(load(wider), ApplyRequest.by(Optional.empty()), RunListener.NONE);

        assertThat(output.converged()).isTrue();
        assertThat(codes(output)).containsExactly("cluster_recovery_pending");
        assertThat(store.list(ControlKeys.RECOVERIES).toString()).contains(".json");

        store.delete(PEOPLE_SCHEMA);
        write(PEOPLE_SCHEMA, WIDER_SCHEMA);
        ApplyOutput next = service.apply(load(wider), ApplyRequest.by(Optional.empty()), RunListener.NONE);

        assertThat(next.converged()).isTrue();
        assertThat(next.diagnostics()).isEmpty();
        assertThat(store.list(ControlKeys.RECOVERIES).toString()).doesNotContain(".json");
    }

    @ParameterizedTest
    @CsvSource({"mallory,policy_denied", ",actor_required"})
    void aSchemaChangeThatTheAppliedPolicyDoesNotGrantLeavesNoTrace(@Nullable String actor, String code) {
        converge();
        DesiredCluster wider = new DesiredClusters()
                .graph("people", WIDER_SCHEMA, "find=query find() {}")
                .graph("scratch", SCHEMA)
                .policy("base", "version: 1\n", "people")
                .policy("server", "version: 1\n", "cluster")
                .build();

        ApplyOutput output = service(Duration.ZERO, true)
                .apply(load(wider), ApplyRequest.by(Optional.ofNullable(actor)), RunListener.NONE);

        assertThat(codes(output)).contains(code);
        assertThat(verdict(output.result().changes(), "schema.people")).isEqualTo("blocked:schema_apply_failed");
        assertThat(text(PEOPLE_SCHEMA)).isEqualTo(SCHEMA);
        assertThat(store.list(ControlKeys.RECOVERIES).toString()).doesNotContain(".json");
    }

    static List<Arguments> failedApplies() {
        return List.of(
                Arguments.of(
                        new SchemaApplication.Failed("it broke"),
                        "blocked:schema_apply_failed",
                        "schema_apply_failed",
                        true),
                Arguments.of(
                        new SchemaApplication.FailedWithoutMovement("it broke early"),
                        "blocked:schema_apply_failed",
                        "schema_apply_failed",
                        false),
                Arguments.of(
                        new SchemaApplication.Refused("branches are in the way"),
                        "blocked:schema_apply_failed",
                        "schema_apply_failed",
                        false),
                Arguments.of(
                        new SchemaApplication.Forbidden("rows were written"),
                        "blocked:graph_moved",
                        "graph_moved",
                        false),
                Arguments.of(new SchemaApplication.Moved("other"), "blocked:graph_moved", "graph_moved", false));
    }

    @Test
    void aSchemaThatNoGraphCanHaveIsRefusedBeforeAnythingIsStored() {
        DesiredCluster odd =
                new DesiredClusters().graph("odd", "node A { id: String }").build();
        service.importLedger(load(odd), RunListener.NONE);

        ApplyOutput output = service.apply(load(odd), ApplyRequest.by(Optional.empty()), RunListener.NONE);

        assertThat(codes(output)).contains("graph_create_failed");
        assertThat(isStored(new ObjectKey("graphs/odd.omni/_schema.pg"))).isFalse();
        assertThat(store.list(ControlKeys.RECOVERIES).toString()).doesNotContain(".json");
    }

    @Test
    void onlyThePlanThatWasSeenIsCarriedOut() {
        service.importLedger(load(desired), RunListener.NONE);
        PlanOutput plan = service.plan(load(desired));
        String seen = plan.plan().orElseThrow().digest();

        ApplyOutput other = apply(new ApplyRequest(Optional.empty(), Optional.of("0".repeat(64)), Optional.empty()));
        assertThat(other.ok()).isFalse();
        assertThat(other.result().planMoved()).isTrue();
        assertThat(isStored(PEOPLE_SCHEMA)).isFalse();

        ApplyOutput stale =
                apply(new ApplyRequest(Optional.empty(), Optional.empty(), Optional.of("sha256:" + "0".repeat(64))));
        assertThat(stale.result().planMoved()).isTrue();

        ApplyOutput same = apply(new ApplyRequest(
                Optional.empty(), Optional.of(seen), plan.observations().cas()));
        assertThat(same.converged()).isTrue();
    }

    @Test
    void aLockThatSomebodyTookStopsTheRunBeforeItsNextEffect() {
        service.importLedger(load(desired), RunListener.NONE);
        String before = text(ControlKeys.STATE);
        RunListener thief = new RunListener() {
            @Override
            public void claimWon(String sidecarOperationId) {
                store.delete(ControlKeys.LOCK);
                write(
                        ControlKeys.LOCK,
                        "{\"version\":1,\"lock_id\":\"x\",\"operation\":\"apply\",\"created_at\":\"\",\"pid\":1}");
            }
        };

        ApplyOutput output = service.apply(load(desired), ApplyRequest.by(Optional.empty()), thief);

        assertThat(codes(output)).contains("state_lock_error");
        assertThat(text(ControlKeys.STATE)).isEqualTo(before);
        assertThat(isStored(SCRATCH_SCHEMA)).isFalse();
        assertThat(text(ControlKeys.LOCK)).as("the new holder's lock is left").contains("\"x\"");
    }

    @Test
    void aLedgerThatMovedUnderneathIsNotOverwritten() {
        service.importLedger(load(desired), RunListener.NONE);
        RunListener rival = new RunListener() {
            @Override
            public void progress(String phase, Optional<String> resource, int done, int total) {
                if (phase.equals("outcome")) {
                    store.delete(ControlKeys.STATE);
                    write(
                            ControlKeys.STATE,
                            LedgerDocument.write(
                                    Ledger.EMPTY.edit().revision(99).build()));
                }
            }
        };

        ApplyOutput output = service.apply(load(desired), ApplyRequest.by(Optional.empty()), rival);

        assertThat(codes(output)).contains("state_cas_mismatch");
        assertThat(output.result().stateWritten()).isFalse();
        assertThat(ledger().revision()).isEqualTo(99);
        assertThat(store.list(ControlKeys.RECOVERIES).toString())
                .as("the intents stay")
                .contains(".json");
    }

    @Test
    void anUnansweredWriteOfTheLedgerIsSettledByItsBytes() {
        service.importLedger(load(desired), RunListener.NONE);
        store.disturbOnce(StoreCall.PUT_IF_MATCH, ControlKeys.STATE, StoreFault.ANSWER_LOST);

        ApplyOutput output = apply();

        assertThat(output.ok()).as("%s", output.diagnostics()).isTrue();
        assertThat(output.result().stateWritten()).isTrue();
    }

    @Test
    void theLockStaysWhereAWriteMayStillLand() {
        service.importLedger(load(desired), RunListener.NONE);
        store.disturb((call, key) -> call == StoreCall.PUT_IF_MATCH && key.equals(ControlKeys.STATE)
                ? StoreFault.REQUEST_LOST
                : StoreFault.NONE);

        ApplyOutput output = apply();

        assertThat(codes(output)).contains("storage_unavailable");
        assertThat(isStored(ControlKeys.LOCK)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "LIST, __cluster",
        "LIST, graphs",
        "PUT_IF_ABSENT, __cluster/lock.json",
    })
    void whatIsNotKnownDecidesNothing(StoreCall call, String key) {
        converge();
        String before = text(ControlKeys.STATE);
        store.disturb((actualCall, actualKey) ->
                actualCall == call && actualKey.path().equals(key) ? StoreFault.REQUEST_LOST : StoreFault.NONE);

        List<CommandOutput> outputs = List.of(apply(), service.refresh(load(desired), Set.of(), RunListener.NONE));
        store.calm();

        assertThat(outputs).allSatisfy(output -> assertThat(codes(output)).containsExactly("storage_unavailable"));
        assertThat(text(ControlKeys.STATE)).isEqualTo(before);
    }

    /** What a process that knows nothing yet has to read. */
    @ParameterizedTest
    @CsvSource({"GET, __cluster/state.json", "LIST, __cluster/recoveries"})
    void norDoesWhatIsReadForTheFirstTime(StoreCall call, String key) {
        converge();
        write(ControlKeys.sidecar("01KB0000000000000000000900"), "no sidecar");
        ClusterService started = service(Duration.ZERO);
        store.disturb((actualCall, actualKey) ->
                actualCall == call && actualKey.path().equals(key) ? StoreFault.REQUEST_LOST : StoreFault.NONE);

        List<CommandOutput> outputs = List.of(
                started.apply(load(desired), ApplyRequest.by(Optional.of("alice")), RunListener.NONE),
                started.refresh(load(desired), Set.of(), RunListener.NONE));

        assertThat(outputs).allSatisfy(output -> assertThat(codes(output)).containsExactly("storage_unavailable"));
    }

    @Test
    void aVanishedGraphIsToldOnceAndNotMadeAnew() {
        converge();
        store.delete(SCRATCH_SCHEMA);

        PlanOutput plan = service.plan(load(desired));
        ApplyOutput first = apply();
        ApplyOutput second = apply();

        assertThat(codes(plan)).containsExactly("graph_missing");
        assertThat(first.converged()).isFalse();
        assertThat(first.result().stateWritten()).isTrue();
        assertThat(second.result().stateWritten()).isFalse();
        assertThat(ledger().statuses()
                        .get(new ResourceAddress.Schema("scratch"))
                        .kind())
                .isEqualTo(ResourceStatus.Kind.DRIFTED);
        assertThat(isStored(SCRATCH_SCHEMA)).isFalse();

        service.refresh(load(desired), Set.of(), RunListener.NONE);
        assertThat(apply().converged()).isTrue();
        assertThat(isStored(SCRATCH_SCHEMA)).isTrue();
    }

    @Test
    void graphsThatTheEngineDoesNotKeepThereArePlannedAndRefusedBeforeAnythingIsStored() {
        engine.refuse("this engine keeps none in a bucket");

        assertThat(codes(service.plan(load(desired)))).contains("graph_storage_unsupported");
        assertThat(codes(service.importLedger(load(desired), RunListener.NONE)))
                .containsExactly("graph_storage_unsupported");
        assertThat(codes(apply())).containsExactly("graph_storage_unsupported");

        assertThat(store.exists(ObjectKey.ROOT)).isEqualTo(new PrefixOutcome.Absent());
    }

    @Test
    void allGraphsGoneAtOnceIsRatherALostMount() {
        converge();
        String before = text(ControlKeys.STATE);
        store.delete(PEOPLE_SCHEMA);
        store.delete(SCRATCH_SCHEMA);

        assertThat(codes(service.plan(load(desired)))).containsExactly("all_graphs_missing");
        assertThat(codes(apply())).containsExactly("all_graphs_missing");
        assertThat(codes(service.refresh(load(desired), Set.of("people"), RunListener.NONE)))
                .containsExactly("all_graphs_missing");
        assertThat(text(ControlKeys.STATE)).isEqualTo(before);

        assertThat(service.refresh(load(desired), Set.of("people", "scratch"), RunListener.NONE)
                        .ok())
                .isTrue();
    }

    @Test
    void anUnreadableSidecarHoldsEveryGraphAndNoCatalogChange() {
        service.importLedger(load(desired), RunListener.NONE);
        write(ControlKeys.sidecar("01KT0000000000000000000001"), "{");

        ApplyOutput output = apply();

        assertThat(codes(output)).contains("recovery_sidecar_unreadable");
        List<Change> changes = output.result().changes();
        assertThat(verdict(changes, "graph.people")).isEqualTo("blocked:cluster_recovery_pending");
        assertThat(verdict(changes, "policy.server")).isEqualTo("applied");
        assertThat(isStored(ControlKeys.sidecar("01KT0000000000000000000001"))).isTrue();
    }

    @Test
    void aSidecarOfAnotherPlaceDecidesNothingAndStays() {
        converge();
        Sidecar foreign = sidecar("people", "/elsewhere/graphs/people.omni");
        write(ControlKeys.sidecar(foreign.operationId()), foreign.write());

        ApplyOutput output = apply();

        assertThat(codes(output)).containsExactly("recovery_sidecar_foreign");
        assertThat(output.converged()).isTrue();
        assertThat(isStored(ControlKeys.sidecar(foreign.operationId()))).isTrue();
    }

    @Test
    void aCompletedCreateIsRolledForward() {
        service.importLedger(load(desired), RunListener.NONE);
        Sidecar crashed = sidecar("people", "/memory/graphs/people.omni");
        write(ControlKeys.sidecar(crashed.operationId()), crashed.write());
        write(PEOPLE_SCHEMA, SCHEMA);

        ApplyOutput output = apply();

        assertThat(codes(output)).contains("cluster_recovery_rolled_forward");
        assertThat(output.converged()).isTrue();
        assertThat(ledger().recoveryRecords()).containsKey(crashed.operationId());
        assertThat(isStored(ControlKeys.sidecar(crashed.operationId()))).isFalse();
    }

    @Test
    void onlyApplyEndsADeadSchemaApplyAndItsIntentStaysUntilThatWorked() {
        converge();
        Sidecar sidecar = sidecar(SidecarKind.SCHEMA_APPLY, "people", "/memory/graphs/people.omni");
        write(ControlKeys.sidecar(sidecar.operationId()), sidecar.write());
        engine.endNextRecoveryOf("people", new GraphRecovery.Held("somebody writes"));

        ApplyOutput held = apply();
        assertThat(held.diagnostics().toString()).contains("CLUSTER_RECOVERY_PENDING", "somebody writes");
        assertThat(isStored(ControlKeys.sidecar(sidecar.operationId()))).isTrue();

        engine.endNextRecoveryOf("people", new GraphRecovery.Recovered());
        assertThat(apply().diagnostics()).isEmpty();
        assertThat(isStored(ControlKeys.sidecar(sidecar.operationId()))).isFalse();
    }

    private Sidecar sidecar(String graph, String uri) {
        return sidecar(SidecarKind.GRAPH_CREATE, graph, uri);
    }

    private Sidecar sidecar(SidecarKind kind, String graph, String uri) {
        return new Sidecar(
                "01KT0000000000000000000001",
                "2026-06-10T10:00:00Z",
                Optional.of("alice"),
                kind,
                graph,
                uri,
                OptionalLong.empty(),
                OptionalLong.empty(),
                desired.digests().get(new ResourceAddress.Schema(graph)),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void aHeldLockIsWaitedForAndNamed() {
        write(
                ControlKeys.LOCK,
                "{\"version\":1,\"lock_id\":\"held\",\"operation\":\"apply\",\"created_at\":\"2026-06-10T09:59:00Z\",\"pid\":7}");

        ObserveOutput output = service(Duration.ofSeconds(1)).importLedger(load(desired), RunListener.NONE);

        assertThat(codes(output)).containsExactly("state_lock_held");
        assertThat(output.diagnostics().get(0).message()).contains("force-unlock held");
        assertThat(output.observations().lock().ageSeconds()).contains(61L);
        assertThat(pauses).isNotEmpty();
    }

    @Test
    void aLockIsOnlyForcedUnderItsExactId() {
        write(
                ControlKeys.LOCK,
                "{\"version\":1,\"lock_id\":\"held\",\"operation\":\"apply\",\"created_at\":\"2026-06-10T09:59:00Z\",\"pid\":7}");
        HeaderLoad header = new HeaderLoad("/config", Optional.empty(), List.of());

        assertThat(codes(service.forceUnlock(header, "hel", false))).containsExactly("state_lock_id_mismatch");
        ForceUnlockOutput forced = service.forceUnlock(header, "held", false);
        assertThat(forced.lockRemoved()).isTrue();
        assertThat(codes(service.forceUnlock(header, "held", false))).containsExactly("state_lock_missing");
    }

    @Test
    void everyFindingHasASentenceForAPerson() {
        converge();
        store.delete(SCRATCH_SCHEMA);
        for (Diagnostic diagnostic : apply().diagnostics()) {
            assertThat(diagnostic.message()).hasSizeGreaterThan(20);
            assertThat(diagnostic.code().remedy()).endsWith(".");
        }
    }
}
