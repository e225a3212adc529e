package dev.omnigraph.controlplane.app.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.s3.EmbeddedS3;
import dev.omnigraph.controlplane.storage.s3.S3ObjectStore;
import dev.omnigraph.controlplane.storage.s3.TestBucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Two replicas on one store, of which one or the other is killed at random moments while clients apply, approve and look.
 * Afterwards the cluster converges by itself, and what is stored is read afresh and held against {@link StoredTruth}.
 */
final class ReplicaCampaign {

    private static final int MAX_FINAL_APPLIES = 10;
    private static final String CONVERGED = "\"outcome\": \"converged\"";
    private static final int LONGEST_QUIET_MILLIS = 3000;

    private final Site site;
    private final long seed;

    ReplicaCampaign(Site site, long seed) {
        this.site = site;
        this.seed = seed;
    }

    /** A folder to work in, seconds, a seed, and {@code folder} or {@code bucket}: a bucket is behind a bad line. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[0], "cluster"));
        Duration time = Duration.ofSeconds(Long.parseLong(arguments[1]));
        long seed = Long.parseLong(arguments[2]);
        System.out.println(
                arguments[3].equals("bucket")
                        ? inBucket(folder, seed, time)
                        : new ReplicaCampaign(Site.onFolder(folder), seed).run(time));
    }

    private static String inBucket(Path folder, long seed, Duration time) throws InterruptedException {
        StorageRoot.Bucket root = TestBucket.freshRoot();
        try (EmbeddedS3 server = new EmbeddedS3();
                FaultyProxy line = new FaultyProxy(server.endpoint(), seed);
                S3ObjectStore store = TestBucket.open(server, root)) {
            Site site = Site.inBucket(folder, server, line.endpoint(), root, store);
            return new ReplicaCampaign(site, seed).run(time) + ", " + line.faults() + " faults of the line";
        }
    }

    /** What a campaign was. */
    record Report(long seed, int kills, int answers, int operations) {}

    Report run(Duration time) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        site.write(Site.WITH_ALL);
        try (Replica one = new Replica("one", site);
                Replica two = new Replica("two", site)) {
            List<Replica> replicas = List.of(one, two);
            Clients clients = new Clients(site, replicas);
            assertThat(clients.ask(random, client -> client.post("/import", "Prefer", "wait=60"))
                            .text("outcome"))
                    .isEqualTo("converged");
            clients.start(random.split());
            int kills = killAtRandom(replicas, random, time);
            clients.stop();
            converge(clients, random);
            new StoredTruth(site.store()).check(clients.operationsByKey());
            return new Report(
                    seed, kills, clients.answers(), clients.operationsByKey().size());
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
    private void converge(Clients clients, SplittableRandom random) {
        for (int configuration : new int[] {Site.WITHOUT_SCRATCH, Site.WITH_ALL}) {
            site.write(configuration);
            String last = "";
            for (int attempt = 0; attempt < MAX_FINAL_APPLIES && !last.contains(CONVERGED); attempt++) {
                clients.decide(random);
                last = clients.ask(random, client -> client.post("/apply", "Prefer", "wait=60"))
                        .body();
            }
            assertThat(last).contains(CONVERGED);
        }
    }
}
