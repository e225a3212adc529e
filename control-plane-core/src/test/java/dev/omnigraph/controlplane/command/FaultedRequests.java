package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.command.FaultScenario.Ending;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.s3.EmbeddedS3;
import dev.omnigraph.controlplane.storage.s3.S3ObjectStore;
import dev.omnigraph.controlplane.storage.s3.ServerFault;
import dev.omnigraph.controlplane.storage.s3.TestBucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Each command on a bucket, while one of its requests goes wrong at a time: that is got over, and the command does what it
 * does undisturbed. What goes wrong for good is unknown to the store, and what commands make of that, other tests show.
 */
final class FaultedRequests {

    private static final List<ServerFault> ALL = Arrays.stream(ServerFault.values())
            .filter(fault -> fault != ServerFault.NONE)
            .toList();
    /** All but the one that is waited for until a timeout. */
    static final List<ServerFault> QUICK =
            ALL.stream().filter(fault -> fault != ServerFault.SLOW_ANSWER).toList();

    private final Consumer<String> log;
    private final List<String> violations = new ArrayList<>();
    private int runs;

    FaultedRequests(Consumer<String> log) {
        this.log = log;
    }

    /** Every request of every command with every fault. */
    public static void main(String[] arguments) {
        FaultedRequests campaign = new FaultedRequests(System.out::println);
        for (FaultScenario scenario : FaultScenario.all()) {
            campaign.run(scenario, ALL, 1);
        }
        campaign.violations().forEach(System.err::println);
        System.out.printf(
                "%d runs, %d violations%n", campaign.runs, campaign.violations().size());
        System.exit(campaign.violations().isEmpty() ? 0 : 1);
    }

    /** What did not hold. */
    List<String> violations() {
        return violations;
    }

    int runs() {
        return runs;
    }

    /** Runs one command over and over, with one of so many pairs of a request and a fault after the other. */
    void run(FaultScenario scenario, List<ServerFault> faults, int step) {
        StorageRoot.Bucket root = TestBucket.freshRoot();
        try (EmbeddedS3 server = new EmbeddedS3();
                S3ObjectStore store = TestBucket.openImpatient(server, root)) {
            MemoryCluster cluster = new MemoryCluster(store, root);
            scenario.preparation().accept(cluster);
            Runnable objects = server.keep();
            Runnable graphs = cluster.engine().keep();
            long before = server.requests();
            expectDone(scenario, "undisturbed", cluster);
            long requests = server.requests() - before;
            log.accept(scenario + ": " + requests + " requests");
            for (int pair = 0; pair < requests * faults.size(); pair += step) {
                objects.run();
                graphs.run();
                disturbed(scenario, cluster, server, pair / faults.size(), faults.get(pair % faults.size()));
            }
        }
    }

    private void disturbed(
            FaultScenario scenario, MemoryCluster cluster, EmbeddedS3 server, int request, ServerFault fault) {
        AtomicInteger seen = new AtomicInteger();
        server.disturb((method, key) -> seen.getAndIncrement() == request ? fault : ServerFault.NONE);
        expectDone(scenario, fault + " at request " + request, cluster);
        server.disturb((method, key) -> ServerFault.NONE);
        server.landLateRequests();
        if (!scenario.done().test(cluster)) {
            violations.add(scenario + ", " + fault + " at request " + request + ": a late request undid what was done");
        }
        runs++;
    }

    private void expectDone(FaultScenario scenario, String where, MemoryCluster cluster) {
        try {
            Ending ending = scenario.command().apply(cluster);
            if (!ending.ok()) {
                violations.add(scenario + ", " + where + ": " + ending.said());
            } else if (!scenario.done().test(cluster)) {
                violations.add(scenario + ", " + where + ": it says that it is done, and it is not");
            } else if (cluster.isStored(ControlKeys.LOCK)) {
                violations.add(scenario + ", " + where + ": it left the lock");
            }
        } catch (RuntimeException e) {
            violations.add(scenario + ", " + where + ": it ended by " + e);
        }
    }
}
