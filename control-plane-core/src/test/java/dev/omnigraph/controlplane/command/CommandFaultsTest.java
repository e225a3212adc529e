package dev.omnigraph.controlplane.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.approval.Decision;
import dev.omnigraph.controlplane.command.FaultScenario.Ending;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.config.HeaderLoad;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.LockDocument;
import dev.omnigraph.controlplane.operation.FreezeStore;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.TreeOutcome;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each command, under everything that can come of each of its calls on the store: it answers, says of nothing that it was
 * done which was not, and leaves the lock free or named. What a person then does with it, told by what the commands say,
 * brings the cluster to what is declared, and nothing that was not given up is missing.
 */
class CommandFaultsTest {

    /** So many applies and remedies bring any cluster to its end. */
    private static final int MAX_STEPS = 8;

    private static final Set<StoreCall> READS =
            EnumSet.of(StoreCall.GET, StoreCall.LIST, StoreCall.EXISTS, StoreCall.TREE);

    /** What comes of the calls of a command. */
    enum Fault {
        REFUSED(StoreFault.REFUSED, false),
        REQUEST_LOST(StoreFault.REQUEST_LOST, false),
        ANSWER_LOST(StoreFault.ANSWER_LOST, false),
        /** The call is carried out after the command has ended. */
        LANDS_AFTER_THE_COMMAND(StoreFault.LANDS_LATE, false),
        /** The call is carried out when the cluster has been brought to its end. */
        LANDS_IN_THE_END(StoreFault.LANDS_LATE, false),
        /** From this call on the store is not reached. */
        NOTHING_ARRIVES_ANY_MORE(StoreFault.REQUEST_LOST, true),
        /** From this call on the store does everything and answers nothing. */
        NOTHING_IS_ANSWERED_ANY_MORE(StoreFault.ANSWER_LOST, true);

        private final StoreFault ofCall;
        private final boolean lasts;

        Fault(StoreFault ofCall, boolean lasts) {
            this.ofCall = ofCall;
            this.lasts = lasts;
        }

        /** Of a call that changes nothing it makes no difference whether or when it is carried out. */
        private boolean isItsOwnFor(StoreCall call) {
            return lasts || ofCall == StoreFault.REFUSED || ofCall == StoreFault.REQUEST_LOST || !READS.contains(call);
        }
    }

    static Stream<Arguments> everything() {
        return FaultScenario.all().stream()
                .flatMap(scenario -> Stream.of(Fault.values()).map(fault -> Arguments.of(scenario, fault)));
    }

    @ParameterizedTest
    @MethodSource("everything")
    void everyCallMayGoWrong(FaultScenario scenario, Fault fault) {
        assertThat(violations(scenario, fault, false)).isEmpty();
    }

    static Stream<Arguments> removals() {
        return FaultScenario.all().stream()
                .filter(scenario -> scenario.name().matches(".*delete|discard"))
                .flatMap(scenario -> Stream.of(Fault.values()).map(fault -> Arguments.of(scenario, fault)));
    }

    /** Where nothing can be moved, a graph is removed object by object. */
    @ParameterizedTest
    @MethodSource("removals")
    void removalsMayGoWrongInBucketsToo(FaultScenario scenario, Fault fault) {
        assertThat(violations(scenario, fault, true)).isEmpty();
    }

    private static List<String> violations(FaultScenario scenario, Fault fault, boolean inBucket) {
        List<StoreCall> calls = undisturbed(scenario, inBucket);
        List<String> violations = new ArrayList<>();
        for (int call = 0; call < calls.size(); call++) {
            if (fault.isItsOwnFor(calls.get(call))) {
                violations.addAll(new Run(scenario, fault, call, inBucket).violations());
            }
        }
        return violations;
    }

    /** The calls that the command makes. */
    private static List<StoreCall> undisturbed(FaultScenario scenario, boolean inBucket) {
        MemoryCluster cluster = prepared(scenario, inBucket);
        List<StoreCall> calls = new ArrayList<>();
        cluster.store().disturb((call, key) -> {
            if (isOfCommand(call, key)) {
                calls.add(call);
            }
            return StoreFault.NONE;
        });
        Ending ending = scenario.command().apply(cluster);
        cluster.store().calm();
        assertThat(ending.ok()).as(ending.said()).isTrue();
        assertThat(scenario.done()).accepts(cluster);
        return calls;
    }

    private static MemoryCluster prepared(FaultScenario scenario, boolean inBucket) {
        MemoryCluster cluster = new MemoryCluster();
        if (inBucket) {
            cluster.store().moveNoTrees();
        }
        scenario.preparation().accept(cluster);
        return cluster;
    }

    /** The record of an operation is written by the one who runs the command. */
    private static boolean isOfCommand(StoreCall call, ObjectKey key) {
        boolean writes = call == StoreCall.PUT_IF_MATCH || call == StoreCall.PUT_IF_ABSENT;
        return !writes || !key.path().startsWith(ControlKeys.OPERATIONS.path());
    }

    /** One command with one fault, and what comes after. */
    private static final class Run {

        private final FaultScenario scenario;
        private final Fault fault;
        private final int disturbed;
        private final MemoryCluster cluster;
        private final Set<String> graphsBefore;
        private final List<String> violations = new ArrayList<>();
        private String where = "";

        Run(FaultScenario scenario, Fault fault, int disturbed, boolean inBucket) {
            this.scenario = scenario;
            this.fault = fault;
            this.disturbed = disturbed;
            this.cluster = prepared(scenario, inBucket);
            this.graphsBefore = graphs();
        }

        List<String> violations() {
            long revision = revision();
            endedWell(command());
            lockIsFreeOrNamed();
            if (fault == Fault.LANDS_AFTER_THE_COMMAND) {
                cluster.store().landLateCalls();
            }
            if (revision() < revision) {
                violated("the ledger went back");
            }
            bringToItsEnd();
            if (fault == Fault.LANDS_IN_THE_END) {
                cluster.store().landLateCalls();
                bringToItsEnd();
            }
            return violations;
        }

        private Optional<Ending> command() {
            int[] made = {0};
            cluster.store().disturb((call, key) -> {
                if (!isOfCommand(call, key) || (call == StoreCall.MOVE && fault.ofCall == StoreFault.LANDS_LATE)) {
                    return StoreFault.NONE; // only folders move, and what a folder does is over when it answers
                }
                int number = made[0]++;
                if (number == disturbed) {
                    where = call + " of " + key;
                }
                return number == disturbed || (fault.lasts && number > disturbed) ? fault.ofCall : StoreFault.NONE;
            });
            try {
                return Optional.of(scenario.command().apply(cluster));
            } catch (StorageUnavailableException unavailable) {
                return Optional.empty();
            } catch (RuntimeException | AssertionError e) {
                violated("it ended by " + e);
                return Optional.empty();
            } finally {
                cluster.store().calm();
            }
        }

        private void endedWell(Optional<Ending> ending) {
            if (ending.filter(Ending::ok).isPresent() && !scenario.done().test(cluster)) {
                violated("it says that it is done, and it is not: "
                        + ending.get().said());
            }
        }

        private void lockIsFreeOrNamed() {
            if (cluster.isStored(ControlKeys.LOCK) && lockId().isEmpty()) {
                violated("the lock is held, and the status does not name it");
            }
            if (cluster.isStored(ControlKeys.LOCK) && !fault.lasts && !where.endsWith(ControlKeys.LOCK.path())) {
                violated("it left the lock, whose calls were all answered");
            }
        }

        private Optional<String> lockId() {
            return cluster.service()
                    .status(new HeaderLoad("/config", Optional.empty(), List.of()), false)
                    .observations()
                    .holder()
                    .map(LockDocument::lockId);
        }

        /** Does what the commands ask for, as a person would. */
        private void bringToItsEnd() {
            List<String> steps = new ArrayList<>();
            for (int step = 0; step < MAX_STEPS; step++) {
                lockId().ifPresent(id -> FaultScenario.unlock(cluster, id));
                ApplyOutput output = cluster.applyOnRecord(scenario.desired());
                steps.add(output.diagnostics().toString());
                if (output.ok() && output.converged()) {
                    atItsEnd();
                    return;
                }
                meet(output);
            }
            violated("it does not converge: " + steps);
        }

        private void meet(ApplyOutput output) {
            DesiredCluster desired = scenario.desired();
            List<String> codes = MemoryCluster.codes(output);
            if (codes.contains("cluster_frozen")) {
                new FreezeStore(cluster.objects()).end();
            } else if (codes.contains("state_missing")) {
                cluster.service().importLedger(MemoryCluster.load(desired), RunListener.NONE);
            } else if (codes.contains("recovery_sidecar_unreadable")) {
                cluster.service()
                        .recoveries()
                        .forEach(recovery -> cluster.service()
                                .quarantine(
                                        recovery.id(), Optional.of("carol"), "nobody can read it", RunListener.NONE));
            } else if (codes.contains("graph_create_incomplete")) {
                cluster.service().recoveries().forEach(this::discard);
            } else {
                cluster.plan(desired)
                        .plan()
                        .ifPresent(plan -> Stream.concat(plan.requiredGates().stream(), plan.possibleGates().stream())
                                .filter(gate -> !gate.satisfied())
                                .forEach(gate -> cluster.decide(
                                        desired, gate.resource().text(), Decision.APPROVE, Optional.empty(), true)));
            }
        }

        private void discard(RecoveryView recovery) {
            recovery.leftover()
                    .ifPresent(leftover ->
                            cluster.service().discard(recovery.id(), leftover.objectsDigest(), RunListener.NONE));
        }

        private void atItsEnd() {
            if (!FaultScenario.knows(scenario.desired()).test(cluster)) {
                violated("it converged to something else: " + cluster.ledger());
            }
            if (cluster.isStored(ControlKeys.LOCK)) {
                violated("it converged and left the lock");
            }
            if (!cluster.objects(ControlKeys.RECOVERIES).isEmpty()) {
                violated("it converged and left " + cluster.objects(ControlKeys.RECOVERIES));
            }
            Set<String> kept = new HashSet<>(graphsBefore);
            kept.retainAll(desiredGraphs());
            if (!graphs().containsAll(kept)) {
                violated("of " + kept + " only " + graphs() + " are left");
            }
        }

        private Set<String> desiredGraphs() {
            Set<String> desired = new TreeSet<>();
            scenario.desired().graphs().keySet().forEach(id -> desired.add(id + ".omni"));
            return desired;
        }

        private Set<String> graphs() {
            Set<String> found = new TreeSet<>();
            ((TreeOutcome.Listed) cluster.objects().tree(ControlKeys.GRAPHS))
                    .entries()
                    .forEach(entry -> found.add(entry.key().path().split("/", -1)[1]));
            return found;
        }

        private long revision() {
            return cluster.isStored(ControlKeys.STATE) ? cluster.ledger().revision() : 0;
        }

        private void violated(String what) {
            violations.add(fault + " at call " + disturbed + ", " + where + ": " + what);
        }
    }
}
