package dev.omnigraph.controlplane.app.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.LedgerRead;
import dev.omnigraph.controlplane.ledger.LedgerStore;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.s3.EmbeddedS3;
import dev.omnigraph.controlplane.storage.s3.S3ObjectStore;
import dev.omnigraph.controlplane.storage.s3.TestBucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One service, between which and its bucket is a line that delays, cuts and resets: each command ends, what it says is so,
 * and what it could not do the next one does.
 */
class BadLineTest {

    private static final int LONGEST_SECONDS = 480;
    private static final long SEED = 11;
    /** Graphs are created, one is deleted, and it is created again. */
    private static final int APPLIES = 3;

    private static final int MAX_ATTEMPTS = 10;
    private static final String[] WAIT = {"Prefer", "wait=60"};

    @TempDir
    Path folder;

    @Test
    @Timeout(LONGEST_SECONDS)
    void whatIsSaidOverABadLineIsSo() throws IOException {
        StorageRoot.Bucket root = TestBucket.freshRoot();
        try (EmbeddedS3 server = new EmbeddedS3();
                FaultyProxy line = new FaultyProxy(server.endpoint(), SEED);
                S3ObjectStore store = TestBucket.open(server, root)) {
            Site site = Site.inBucket(folder, server, line.endpoint(), root, store);
            site.write(0);
            try (Replica service = new Replica("one", site)) {
                Clients clients = new Clients(site, List.of(service));
                converges(clients, "/import");
                for (int number = 1; number <= APPLIES; number++) {
                    site.write(number);
                    converges(clients, "/apply");
                    assertRecorded(store);
                }
                converges(clients, "/refresh");
            }
            new StoredTruth(store).check(Map.of());
            assertThat(line.faults()).isPositive();
        }
    }

    /** Approves a delete where one is due, and clears away what a failed create left. */
    private static void converges(Clients clients, String command) {
        SplittableRandom random = new SplittableRandom(SEED);
        Answer answer = ask(clients, command, random);
        for (int attempt = 1; attempt < MAX_ATTEMPTS && !isConverged(answer); attempt++) {
            clients.decide(random);
            answer = ask(clients, command, random);
        }
        assertThat(answer.text("outcome")).as(answer.body()).isEqualTo("converged");
    }

    private static Answer ask(Clients clients, String command, SplittableRandom random) {
        return clients.ask(random, client -> client.post(command, WAIT));
    }

    private static boolean isConverged(Answer answer) {
        return answer.body().contains("\"outcome\": \"converged\"");
    }

    /** As another machine sees it, over a line that is not bad. */
    private void assertRecorded(ObjectStore store) throws IOException {
        assertThat(store.get(ControlKeys.LOCK)).isEqualTo(new GetOutcome.Absent());
        LedgerRead read = new LedgerStore(store).read();
        assertThat(((LedgerRead.Present) read).stored().ledger().digestOf(new ResourceAddress.Policy("access")))
                .isEqualTo(Optional.of(Sha256.hex(Files.readAllBytes(folder.resolve("access.yaml")))));
    }
}
