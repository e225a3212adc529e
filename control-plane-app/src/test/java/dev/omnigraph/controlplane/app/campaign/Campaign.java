package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.Passing;
import dev.omnigraph.controlplane.app.testing.Passings;
import dev.omnigraph.controlplane.app.testing.RecordingPoints;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.ServiceProcess;
import dev.omnigraph.controlplane.testing.EngineProgram;
import dev.omnigraph.controlplane.testing.FileTrees;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Lets the service die, fail and lose answers at fault points, and holds what a person then does with the cluster to what
 * must hold always. Which points a command passes is not written down anywhere: an undisturbed run tells.
 *
 * <p>A death that would leave what another one left is left out. All work is done in one folder, because recovery records
 * name where their graphs are. Not thread-safe.
 */
final class Campaign {

    /** How what a dead process leaves is come by. */
    enum Deaths {
        /** A process of its own halts at the point. */
        OF_PROCESSES,
        /** One undisturbed run is held at each point while its cluster is copied. */
        AS_COPIES
    }

    /** Of so many recoveries one dies too. */
    private static final int SECOND_DEATH_EVERY = 3;

    /** They die each at another of the first so many passings. */
    private static final int SECOND_DEATHS = 19;

    private static final int SECOND_DEATH_STEP = 7;

    private final Path cluster;
    private final Path prepared;
    private final Path left;
    private final Path leftAgain;
    private final Deaths deaths;
    private final Figures figures;
    private final PrintStream progress;
    private Optional<EngineComparison> comparison = Optional.empty();
    private List<String> options = List.of();

    Campaign(Path work, Deaths deaths, Figures figures, PrintStream progress) throws IOException {
        Path folder = work.toRealPath();
        this.cluster = folder.resolve("cluster");
        this.prepared = folder.resolve("prepared");
        this.left = folder.resolve("left");
        this.leftAgain = folder.resolve("left-again");
        this.deaths = deaths;
        this.figures = figures;
        this.progress = progress;
    }

    /** From now on the engine's own tool is shown each cluster that a death leaves. */
    void compareWith(EngineProgram engine) {
        comparison = Optional.of(new EngineComparison(engine, cluster));
    }

    /** From now on the virtual machines of services that are to die have these options. */
    void startWith(List<String> more) {
        options = List.copyOf(more);
    }

    /** Runs a scenario with every fault at every passing that is chosen, and once without any. */
    void run(Scenario scenario, Set<Fault> faults, Predicate<Passing> chosen) throws IOException {
        prepare(scenario);
        List<Passing> passed = undisturbed(scenario, faults.contains(Fault.HALT) ? chosen : passing -> false);
        figures.passed(passed);
        progress.printf("%s: %d passings%n", scenario, passed.size());
        int deathsSoFar = 0;
        for (int i = 0; i < passed.size(); i++) {
            Passing passing = passed.get(i);
            if (chosen.test(passing)) {
                if (faults.contains(Fault.HALT)) {
                    boolean twice = faults.contains(Fault.HALT_TWICE) && deathsSoFar++ % SECOND_DEATH_EVERY == 0;
                    halt(scenario, passing, i, twice);
                }
                if (faults.contains(Fault.LOST_ANSWER) && passing.point().followsEffect()) {
                    disturb(scenario, passing, i, Fault.LOST_ANSWER);
                }
                if (faults.contains(Fault.ERROR)) {
                    disturb(scenario, passing, i, Fault.ERROR);
                }
            }
        }
        FileTrees.remove(left);
    }

    private void prepare(Scenario scenario) throws IOException {
        FileTrees.remove(cluster);
        Files.createDirectories(cluster);
        scenario.preparation().in(cluster);
        FileTrees.replace(prepared, cluster);
        FileTrees.remove(left);
    }

    private List<Passing> undisturbed(Scenario scenario, Predicate<Passing> copied) {
        List<Passing> passed = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Invariants invariants = invariants(scenario, cluster);
        try (RunningService service = RunningService.with(RecordingPoints.class, cluster, scenario.settingsAnd())) {
            Passings passings = service.bean(Passings.class);
            passings.follow(passing -> {
                passed.add(passing);
                if (copied.test(passing)) {
                    keepIfNew(leftAt(passing), seen);
                }
            });
            Answer answer = scenario.command().apply(service.client());
            passings.follow(passing -> {});
            StoredCluster now = invariants.look("undisturbed", StoredCluster.read(cluster));
            if (!scenario.acknowledged().test(answer) || !scenario.recorded().test(now)) {
                invariants.violated("undisturbed", "it did not come to its end: " + answer.body());
            }
        }
        invariants.violations().forEach(violation -> figures.violated(scenario + ", " + violation));
        return passed;
    }

    private Path leftAt(Passing passing) {
        return left.resolve(passing.toString());
    }

    private void keepIfNew(Path place, Set<String> seen) {
        try {
            FileTrees.copy(cluster, place);
            if (!seen.add(StoredCluster.digest(place))) {
                FileTrees.remove(place);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void halt(Scenario scenario, Passing passing, int index, boolean twice) throws IOException {
        Path state = leftAt(passing);
        if (!Files.exists(state)) {
            return; // an earlier death left the same
        }
        Optional<Answer> answer = Optional.empty();
        if (deaths == Deaths.OF_PROCESSES) {
            FileTrees.replace(cluster, prepared);
            answer = ServiceProcess.haltAt(options, passing, cluster, scenario.command(), scenario.settingsAnd());
            FileTrees.replace(state, cluster);
        }
        int second = twice ? 1 + index * SECOND_DEATH_STEP % SECOND_DEATHS : 0;
        List<Passing> recovered = recover(scenario, passing, index, state, answer, second);
        figures.passedWhileRecovering(recovered);
        if (second > 0 && second <= recovered.size()) {
            haltAgain(scenario, passing, index, state, recovered.get(second - 1));
        }
        if (comparison.isPresent()) {
            compare(scenario, passing, comparison.get().at(state));
        }
        FileTrees.remove(state);
    }

    private void compare(Scenario scenario, Passing passing, EngineComparison.Outcome outcome) {
        Optional<String> violation = outcome.unexplained()
                .map(difference -> scenario + ", halt at " + passing + ", the engine's tool differs: " + difference);
        violation.ifPresent(progress::println);
        figures.compared(outcome.deviations(), violation);
    }

    private static Invariants invariants(Scenario scenario, Path first) {
        return new Invariants(StoredCluster.read(first), scenario.asksForASecondPerson());
    }

    /** Recovers what a dead service left, and copies the cluster where the recovery is to die in another run. */
    private List<Passing> recover(
            Scenario scenario, Passing passing, int index, Path state, Optional<Answer> answer, int second)
            throws IOException {
        FileTrees.replace(cluster, state);
        FileTrees.remove(leftAgain);
        Invariants invariants = invariants(scenario, prepared);
        StoredCluster found = invariants.look("after the halt", StoredCluster.read(cluster));
        answer.filter(scenario.acknowledged())
                .filter(unused -> !scenario.recorded().test(found))
                .ifPresent(given -> invariants.violated("after the halt", "acknowledged and not recorded"));
        List<Passing> passed = new ArrayList<>();
        Set<String> named = new TreeSet<>();
        try (RunningService service = RunningService.with(RecordingPoints.class, cluster, scenario.settingsAnd())) {
            Passings passings = service.bean(Passings.class);
            passings.follow(next -> {
                passed.add(next);
                if (passed.size() == second && deaths == Deaths.AS_COPIES) {
                    keepIfNew(leftAgain, new HashSet<>());
                }
            });
            resolve(service.client(), index, invariants, named);
            passings.follow(next -> {});
        }
        told(scenario, passing.toString(), Fault.HALT, named, invariants);
        return passed;
    }

    private void haltAgain(Scenario scenario, Passing first, int index, Path state, Passing second) throws IOException {
        Invariants invariants = invariants(scenario, prepared);
        Set<String> named = new TreeSet<>();
        if (deaths == Deaths.OF_PROCESSES) {
            FileTrees.replace(cluster, state);
            ServiceProcess.haltAt(
                    options,
                    second,
                    cluster,
                    client -> {
                        resolve(client, index, invariants(scenario, state), new TreeSet<>());
                        return client;
                    },
                    scenario.settingsAnd());
        } else {
            FileTrees.replace(cluster, leftAgain);
        }
        invariants.look("after the first halt", StoredCluster.read(state));
        invariants.look("after the second halt", StoredCluster.read(cluster));
        try (RunningService service = RunningService.over(cluster, scenario.settingsAnd())) {
            resolve(service.client(), index, invariants, named);
        }
        told(scenario, first + " then " + second, Fault.HALT_TWICE, named, invariants);
    }

    /** The service lives, with one disturbance. */
    private void disturb(Scenario scenario, Passing passing, int index, Fault fault) throws IOException {
        FileTrees.replace(cluster, prepared);
        Invariants invariants = invariants(scenario, cluster);
        Set<String> named = new TreeSet<>();
        try (RunningService service = RunningService.over(
                cluster, scenario.settingsAnd("--control-plane.fault-points=" + passing.armed(fault.wire())))) {
            Answer answer = scenario.command().apply(service.client());
            StoredCluster now = invariants.look("after the " + fault.wire(), StoredCluster.read(cluster));
            if (scenario.acknowledged().test(answer) && !scenario.recorded().test(now)) {
                invariants.violated("after the " + fault.wire(), "acknowledged and not recorded: " + answer.body());
            }
            resolve(service.client(), index, invariants, named);
        }
        told(scenario, passing.toString(), fault, named, invariants);
    }

    /**
     * Looks, takes a dead lock away where the service did not, sweeps by refresh or by apply alone, and applies until it
     * converges.
     */
    private void resolve(ApiClient client, int index, Invariants invariants, Set<String> named) {
        Person person = new Person(client, Optional.of(cluster));
        try {
            person.lookAndUnlock();
            StoredCluster before = invariants.look("after the unlock", StoredCluster.read(cluster));
            if (index % 2 == 0 && before.ledger().isPresent()) {
                person.refresh();
                StoredCluster after = invariants.look("after a refresh", StoredCluster.read(cluster));
                invariants.sweptNoData("after a refresh", before, after);
            }
            named.addAll(person.converge(moment -> invariants.look(moment, StoredCluster.read(cluster))));
        } catch (AssertionError e) {
            invariants.violated("in the end", String.valueOf(e.getMessage()));
        }
    }

    private void told(Scenario scenario, String where, Fault fault, Set<String> named, Invariants invariants) {
        List<String> violated = invariants.violations().stream()
                .map(violation -> scenario + ", " + fault.wire() + " at " + where + ", " + violation)
                .toList();
        violated.forEach(progress::println);
        figures.ran(fault, named, violated);
    }
}
