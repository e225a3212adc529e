package dev.omnigraph.controlplane.app.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.ServiceProcess;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.VersionTag;
import dev.omnigraph.controlplane.storage.s3.EmbeddedS3;
import dev.omnigraph.controlplane.storage.s3.S3ObjectStore;
import dev.omnigraph.controlplane.storage.s3.TestBucket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is stopped for so long that another takes its name, its lock and its operation: it wakes, and does nothing. */
class TakenOverProcessTest {

    private static final String[] WAIT = {"Prefer", "wait=60"};
    /** Longer than it takes to stop the process there. */
    private static final String HELD =
            "--control-plane.fault-points=" + FaultPoint.CLUSTER_APPLY_AFTER_PAYLOAD_PHASE.wire() + "=delay:10s";

    private static final int LONGEST_SECONDS = 180;

    @TempDir
    Path folder;

    @Test
    @Timeout(LONGEST_SECONDS)
    void whoWakesTouchesNeitherTheLedgerNorTheLock() {
        StorageRoot.Bucket root = TestBucket.freshRoot();
        try (EmbeddedS3 server = new EmbeddedS3();
                S3ObjectStore store = TestBucket.open(server, root)) {
            Site site = Site.inBucket(folder, server, server.endpoint(), root, store);
            site.write(Site.WITH_ALL);
            try (ServiceProcess.Started sleeper = start(site, HELD)) {
                assertThat(sleeper.client().post("/import", WAIT).text("outcome"))
                        .isEqualTo("converged");
                String operation = sleeper.client().post("/apply").header("Location");
                while (!(store.exists(ControlKeys.RESOURCES) instanceof PrefixOutcome.Present)) {
                    Thread.onSpinWait();
                }
                sleeper.process().suspend();
                wakesTooLate(sleeper, operation, site);
            }
        }
    }

    private static void wakesTooLate(ServiceProcess.Started sleeper, String operation, Site site) {
        try (ServiceProcess.Started next = start(site, "--control-plane.lock.wait=0s")) {
            ApiClient client = next.client();
            assertThat(client.get(operation).text("state")).isEqualTo("interrupted");
            assertThat(client.get("/lock").text("locked")).isEqualTo("false");
            assertThat(client.post("/apply", WAIT).text("outcome")).isEqualTo("converged");
            VersionTag ledger = ledger(site);

            sleeper.process().resume();
            awaitDeparture(sleeper.client());

            assertThat(ledger(site)).isEqualTo(ledger);
            assertThat(client.get(operation).text("state")).isEqualTo("interrupted");
            assertThat(client.post("/apply", WAIT).text("outcome")).isEqualTo("converged");
            assertThat(client.get("/status").text("diagnostics")).isEqualTo("[]");
        }
    }

    private static VersionTag ledger(Site site) {
        return ((GetOutcome.Found) site.store().get(ControlKeys.STATE)).object().tag();
    }

    private static ServiceProcess.Started start(Site site, String setting) {
        return ServiceProcess.start(site.options(), site.folder(), site.settingsWith(setting));
    }

    /** It has nothing more to do once another has its name: it ends. */
    private static void awaitDeparture(ApiClient client) {
        try {
            while (true) {
                client.get("/lock");
            }
        } catch (UncheckedIOException gone) {
            assertThat(gone).hasCauseInstanceOf(IOException.class);
        }
    }
}
