package dev.omnigraph.controlplane.app.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.campaign.Invariants;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.s3.EmbeddedS3;
import dev.omnigraph.controlplane.storage.s3.IndependentServers;
import dev.omnigraph.controlplane.storage.s3.S3ObjectStore;
import dev.omnigraph.controlplane.storage.s3.S3Server;
import dev.omnigraph.controlplane.storage.s3.TestBucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Two replicas on one store, of which one or the other is killed at random moments while clients apply, approve and look.
 * Afterwards the cluster converges, and what is stored is read afresh and held to the invariants of every campaign, and to what
 * holds in the end.
 */
final class ReplicaCampaign {

    private static final int MAX_FINAL_APPLIES = 10;
    private static final String CONVERGED = "\"outcome\": \"converged\"";
    private static final String INCOMPLETE = "graph_create_incomplete";
    private static final int LONGEST_QUIET_MILLIS = 3000;

    private final Site site;
    private final Path scratch;
    private final long seed;

    private ReplicaCampaign(Site site, Path scratch, long seed) {
        this.site = site;
        this.scratch = scratch;
        this.seed = seed;
    }

    /**
     * A folder to work in, seconds, a seed, and {@code folder}, {@code bucket} or {@code seaweed}: buckets, of the tests' own
     * server or of SeaweedFS, are behind a bad line.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path work = Path.of(arguments[0]);
        Duration time = Duration.ofSeconds(Long.parseLong(arguments[1]));
        long seed = Long.parseLong(arguments[2]);
        switch (arguments[3]) {
            case "folder" -> System.out.println(onFolder(work, seed, time));
            case "bucket" -> {
                try (EmbeddedS3 server = new EmbeddedS3()) {
                    System.out.println(inBucket(server, work, seed, time));
                }
            }
            case "seaweed" -> System.out.println(inBucket(IndependentServers.require("weed"), work, seed, time));
            default -> throw new IllegalArgumentException(arguments[3] + " is none of folder, bucket and seaweed");
        }
        System.exit(0); // whatever threads are left
    }

    static Report onFolder(Path work, long seed, Duration time) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(work.resolve("cluster"));
        return new ReplicaCampaign(Site.onFolder(folder), work, seed).run(time, () -> 0);
    }

    static Report inBucket(S3Server server, Path work, long seed, Duration time)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectories(work.resolve("configuration"));
        StorageRoot.Bucket root = TestBucket.freshRoot();
        try (FaultyProxy line = new FaultyProxy(server.endpoint(), seed);
                S3ObjectStore store = TestBucket.open(server, root)) {
            Site site = Site.inBucket(folder, server, line.endpoint(), root, store);
            return new ReplicaCampaign(site, work, seed).run(time, line::faults);
        }
    }

    /**
     * What a campaign was.
     *
     * @param lineFaults how often the line to the bucket was bad
     * @param removedByHand graphs that a dead create left without anybody knowing whose they are
     */
    record Report(long seed, int kills, int answers, int operations, int lineFaults, int removedByHand) {}

    private Report run(Duration time, IntSupplier lineFaults) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        site.write(Site.WITH_ALL);
        try (Replica one = new Replica("one", site);
                Replica two = new Replica("two", site)) {
            List<Replica> replicas = List.of(one, two);
            Clients clients = new Clients(site, replicas);
            assertThat(clients.ask(random, client -> client.post("/import", "Prefer", "wait=60"))
                            .text("outcome"))
                    .isEqualTo("converged");
            Invariants invariants = new Invariants(site.stored(scratch), false);
            clients.start(random.split());
            int kills = killAtRandom(replicas, random, time);
            clients.stop();
            int removedByHand = converge(clients, random);
            invariants.look("in the end", site.stored(scratch));
            assertThat(invariants.violations()).isEmpty();
            new StoredTruth(site.store()).check(clients.operationsByKey());
            return new Report(
                    seed,
                    kills,
                    clients.answers(),
                    clients.operationsByKey().size(),
                    lineFaults.getAsInt(),
                    removedByHand);
        }
    }

    private static int killAtRandom(List<Replica> replicas, SplittableRandom random, Duration time)
            throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        int kills = 0;
        while (System.nanoTime() < end) {
            // Nobody counts down: how long it is quiet is part of the campaign.
            assertThat(new CountDownLatch(1).await(random.nextInt(LONGEST_QUIET_MILLIS), TimeUnit.MILLISECONDS))
                    .isFalse();
            replicas.get(random.nextInt(replicas.size())).killAndRestart();
            kills++;
        }
        return kills;
    }

    /**
     * Nobody forces a lock or clears anything away but what a dead create left. A delete that had begun is wanted again
     * first: the rest of it can be approved, and nothing else ends it.
     */
    private int converge(Clients clients, SplittableRandom random) {
        int removedByHand = 0;
        for (int configuration : new int[] {Site.WITHOUT_SCRATCH, Site.WITH_ALL}) {
            site.write(configuration);
            String last = "";
            for (int attempt = 0; attempt < MAX_FINAL_APPLIES && !last.contains(CONVERGED); attempt++) {
                clients.decide(random);
                if (last.contains(INCOMPLETE)) {
                    removedByHand += clients.removeByHand(random);
                }
                last = clients.ask(random, client -> client.post("/apply", "Prefer", "wait=60"))
                        .body();
            }
            assertThat(last).contains(CONVERGED);
        }
        return removedByHand;
    }
}
