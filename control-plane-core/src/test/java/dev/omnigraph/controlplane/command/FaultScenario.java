package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.approval.Decision;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.config.HeaderLoad;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LockDocument;
import dev.omnigraph.controlplane.operation.Freeze;
import dev.omnigraph.controlplane.operation.FreezeRead;
import dev.omnigraph.controlplane.operation.FreezeStore;
import dev.omnigraph.controlplane.retention.RetentionPeriods;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.testing.DesiredClusters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One command on a cluster that it changes as much as it can.
 *
 * @param desired what the cluster is to become in the end
 * @param preparation brings a new cluster to where the command begins
 * @param done whether what the command says it did is stored
 */
record FaultScenario(
        String name,
        DesiredCluster desired,
        Consumer<MemoryCluster> preparation,
        Function<MemoryCluster, Ending> command,
        Predicate<MemoryCluster> done) {

    private static final String SCHEMA = "node A { a: String @key } node B { b: String @key }";
    private static final String WIDER = "node A { a: String @key c: String? } node B { b: String @key }";
    private static final String NARROWER = "node A { a: String @key }";
    private static final String SCRATCH = "graph.scratch";
    private static final ResourceAddress PEOPLE = new ResourceAddress.Schema("people");
    private static final String FOREIGN_LOCK = "01KT0000000000000000000000";
    private static final Instant LONG_AGO = Instant.parse("2026-01-10T10:00:00Z");
    private static final Duration MONTHS = Duration.ofDays(200);
    private static final ObjectKey PART = ControlKeys.GRAPHS.child("people.omni/nodes/1");
    private static final ObjectKey OTHER_PART = ControlKeys.GRAPHS.child("people.omni/nodes/2");
    private static final ObjectKey UNREADABLE = ControlKeys.sidecar("01KT0000000000000000000001");

    private static final DesiredCluster ONE = cluster(SCHEMA, "query find() {}").build();
    private static final DesiredCluster TWO =
            cluster(SCHEMA, "query find() {}").graph("scratch", SCHEMA).build();
    private static final DesiredCluster OTHER_TEXTS = cluster(SCHEMA, "query find() { }")
            .policy("more", "version: 1\n", "people")
            .build();
    private static final DesiredCluster WIDE = cluster(WIDER, "query find() {}").build();
    private static final DesiredCluster NARROW =
            cluster(NARROWER, "query find() {}").build();

    /**
     * How a command ended.
     *
     * @param ok whether it says that it did what it is for
     * @param said for messages
     */
    record Ending(boolean ok, String said) {
        static Ending of(CommandOutput output) {
            return new Ending(output.ok(), output.diagnostics().toString());
        }

        static Ending of(ApplyOutput output) {
            return new Ending(
                    output.ok() && output.converged(), output.diagnostics().toString());
        }
    }

    private static DesiredClusters cluster(String schema, String query) {
        return new DesiredClusters().graph("people", schema, "find=" + query).policy("base", "version: 1\n", "cluster");
    }

    /** Every command that changes something, and the sweep. */
    static List<FaultScenario> all() {
        return List.of(
                new FaultScenario(
                        "import", TWO, cluster -> {}, of(FaultScenario::importLedger), FaultScenario::hasLedger),
                new FaultScenario(
                        "import-of-a-lost-ledger",
                        ONE,
                        cluster -> {
                            withDeleted(cluster);
                            cluster.objects().delete(ControlKeys.STATE);
                        },
                        of(FaultScenario::importLedger),
                        FaultScenario::hasLedger),
                new FaultScenario("first-apply", TWO, FaultScenario::imported, applying(TWO), knows(TWO)),
                new FaultScenario("apply-of-nothing", TWO, converged(TWO), applying(TWO), knows(TWO)),
                new FaultScenario(
                        "apply-of-texts", OTHER_TEXTS, converged(ONE), applying(OTHER_TEXTS), knows(OTHER_TEXTS)),
                new FaultScenario("apply-of-a-schema", WIDE, converged(ONE), applying(WIDE), knows(WIDE)),
                new FaultScenario(
                        "hard-drop",
                        NARROW,
                        converged(ONE).andThen(approving(NARROW, PEOPLE.text(), Optional.empty())),
                        applying(NARROW),
                        knows(NARROW)),
                new FaultScenario(
                        "delete",
                        ONE,
                        converged(TWO).andThen(approving(ONE, SCRATCH, Optional.of(Duration.ofHours(1)))),
                        applying(ONE),
                        knows(ONE)),
                new FaultScenario(
                        "sweep-of-a-create",
                        TWO,
                        cluster -> {
                            imported(cluster);
                            stopped(FaultPoint.CLUSTER_APPLY_AFTER_GRAPH_CREATE, TWO)
                                    .accept(cluster);
                        },
                        applying(TWO),
                        knows(TWO)),
                new FaultScenario(
                        "sweep-of-a-delete",
                        ONE,
                        converged(TWO)
                                .andThen(approving(ONE, SCRATCH, Optional.empty()))
                                .andThen(stopped(FaultPoint.CLUSTER_APPLY_AFTER_REMOVAL_STARTED, ONE)),
                        applying(ONE),
                        knows(ONE)),
                new FaultScenario(
                        "refresh-after-a-schema-apply",
                        WIDE,
                        converged(ONE).andThen(stopped(FaultPoint.CLUSTER_APPLY_AFTER_SCHEMA_APPLY, WIDE)),
                        of(cluster -> cluster.service().refresh(MemoryCluster.load(WIDE), Set.of(), RunListener.NONE)),
                        cluster -> cluster.ledger().digestOf(PEOPLE).equals(Optional.of(Sha256.hex(WIDER)))),
                approve(),
                revoke(),
                new FaultScenario(
                        "force-unlock",
                        ONE,
                        converged(ONE).andThen(FaultScenario::lockedByOthers),
                        of(cluster -> unlock(cluster, FOREIGN_LOCK)),
                        cluster -> !cluster.isStored(ControlKeys.LOCK)),
                new FaultScenario(
                        "quarantine",
                        ONE,
                        converged(ONE).andThen(cluster -> put(cluster, UNREADABLE, "{\"schema_version\": 7}")),
                        of(cluster -> cluster.service()
                                .quarantine(
                                        UNREADABLE.name().replace(".json", ""),
                                        Optional.of("carol"),
                                        "unreadable",
                                        RunListener.NONE)),
                        cluster -> !cluster.isStored(UNREADABLE)
                                && cluster.isStored(ControlKeys.quarantine(UNREADABLE.name()))),
                new FaultScenario(
                        "discard",
                        TWO,
                        FaultScenario::withPartOfAGraph,
                        FaultScenario::discard,
                        cluster -> !cluster.isStored(PART) && !cluster.isStored(OTHER_PART)),
                new FaultScenario(
                        "retention",
                        ONE,
                        FaultScenario::withMuchThatIsDue,
                        of(cluster -> cluster.service()
                                .retention(
                                        new RetentionPeriods(
                                                Duration.ofDays(90),
                                                Duration.ofHours(24),
                                                Duration.ofDays(30),
                                                Duration.ofDays(30),
                                                1),
                                        RunListener.NONE)),
                        cluster -> cluster.objects(ControlKeys.HISTORY).size() <= 1),
                new FaultScenario(
                        "freeze",
                        ONE,
                        converged(ONE),
                        cluster -> frozen(new FreezeStore(cluster.objects()).freeze(freeze())),
                        cluster -> cluster.isStored(ControlKeys.FREEZE)),
                new FaultScenario(
                        "thaw",
                        ONE,
                        converged(ONE).andThen(cluster -> new FreezeStore(cluster.objects()).freeze(freeze())),
                        cluster -> {
                            Optional<String> still = new FreezeStore(cluster.objects()).end();
                            return new Ending(still.isEmpty(), still.orElse("ended"));
                        },
                        cluster -> !cluster.isStored(ControlKeys.FREEZE)));
    }

    private static FaultScenario approve() {
        return new FaultScenario(
                "approve",
                ONE,
                converged(TWO),
                cluster -> Ending.of(cluster.decide(ONE, SCRATCH, Decision.APPROVE, Optional.empty(), false)),
                cluster -> cluster.objects(ControlKeys.APPROVALS).size() == 1);
    }

    private static FaultScenario revoke() {
        return new FaultScenario(
                "revoke",
                TWO,
                converged(TWO).andThen(approving(ONE, SCRATCH, Optional.empty())),
                cluster -> Ending.of(cluster.revoke(cluster.lastDecision())),
                cluster -> !cluster.isStored(ControlKeys.approval(cluster.lastDecision()))
                        || cluster.artifact(cluster.lastDecision()).consumedAt().isPresent());
    }

    private static Function<MemoryCluster, Ending> of(Function<MemoryCluster, CommandOutput> command) {
        return cluster -> Ending.of(command.apply(cluster));
    }

    private static Function<MemoryCluster, Ending> applying(DesiredCluster desired) {
        return cluster -> Ending.of(cluster.applyOnRecord(desired));
    }

    private static CommandOutput importLedger(MemoryCluster cluster) {
        return cluster.service().importLedger(MemoryCluster.load(ONE), RunListener.NONE);
    }

    private static void imported(MemoryCluster cluster) {
        require(importLedger(cluster).ok());
    }

    private static Consumer<MemoryCluster> converged(DesiredCluster desired) {
        return cluster -> {
            imported(cluster);
            require(cluster.applyOnRecord(desired).converged());
        };
    }

    private static Consumer<MemoryCluster> approving(
            DesiredCluster desired, String resource, Optional<Duration> expiresIn) {
        return cluster -> require(cluster.decide(desired, resource, Decision.APPROVE, expiresIn, false)
                .ok());
    }

    private static Consumer<MemoryCluster> stopped(FaultPoint point, DesiredCluster desired) {
        return cluster -> cluster.stopAt(
                point, () -> require(!cluster.applyOnRecord(desired).ok()));
    }

    private static void withDeleted(MemoryCluster cluster) {
        converged(TWO).andThen(approving(ONE, SCRATCH, Optional.empty())).accept(cluster);
        require(cluster.applyOnRecord(ONE).converged());
    }

    /** A create died inside its graph, which does not open. */
    private static void withPartOfAGraph(MemoryCluster cluster) {
        imported(cluster);
        stopped(FaultPoint.CLUSTER_APPLY_AFTER_GRAPH_INIT, TWO).accept(cluster);
        require(liveSchema(cluster, "people").isPresent());
        cluster.objects().delete(ControlKeys.GRAPHS.child("people.omni/_schema.pg"));
        put(cluster, PART, "a");
        put(cluster, OTHER_PART, "b");
    }

    private static Ending discard(MemoryCluster cluster) {
        RecoveryView recovery = cluster.service().recoveries().get(0);
        return recovery.leftover()
                .map(leftover ->
                        Ending.of(cluster.service().discard(recovery.id(), leftover.objectsDigest(), RunListener.NONE)))
                .orElseGet(() -> new Ending(false, "nothing to discard is shown"));
    }

    private static void withMuchThatIsDue(MemoryCluster cluster) {
        withDeleted(cluster);
        require(cluster.applyOnRecord(OTHER_TEXTS).converged());
        require(cluster.applyOnRecord(ONE).converged());
        cluster.pass(MONTHS);
    }

    private static void lockedByOthers(MemoryCluster cluster) {
        put(cluster, ControlKeys.LOCK, new LockDocument(FOREIGN_LOCK, "apply", "2026-06-10T09:00:00Z", 7).write());
    }

    static ForceUnlockOutput unlock(MemoryCluster cluster, String lockId) {
        return cluster.service().forceUnlock(new HeaderLoad("/config", Optional.empty(), List.of()), lockId, false);
    }

    private static Freeze freeze() {
        return new Freeze(Optional.of("carol"), "the disk is being changed", LONG_AGO);
    }

    private static Ending frozen(FreezeRead now) {
        return new Ending(now instanceof FreezeRead.Frozen, now.toString());
    }

    private static void put(MemoryCluster cluster, ObjectKey key, String text) {
        cluster.objects().putIfAbsent(key, text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean hasLedger(MemoryCluster cluster) {
        return cluster.isStored(ControlKeys.STATE);
    }

    /** The ledger and the graphs are as declared. */
    static Predicate<MemoryCluster> knows(DesiredCluster desired) {
        return cluster -> {
            Ledger ledger = cluster.ledger();
            boolean recorded = desired.resources().stream()
                            .allMatch(resource ->
                                    ledger.digestOf(resource.address()).equals(Optional.of(resource.digest())))
                    && ledger.resources().size() == desired.resources().size();
            boolean live = desired.graphs().values().stream()
                    .allMatch(graph -> liveSchema(cluster, graph.id()).equals(graph.schemaSource()));
            return recorded
                    && live
                    && cluster.objects(ControlKeys.GRAPHS).size()
                            == desired.graphs().size();
        };
    }

    static Optional<String> liveSchema(MemoryCluster cluster, String graph) {
        return cluster.objects().get(ControlKeys.GRAPHS.child(graph + ".omni/_schema.pg"))
                        instanceof GetOutcome.Found found
                ? found.object().text()
                : Optional.empty();
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("the preparation did not come to its end");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
