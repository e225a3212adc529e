package dev.omnigraph.controlplane.app.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A slice of {@code ./replicas}: a few deaths in every build. */
class ReplicaCampaignTest {

    private static final long SEED = 1;
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final int LONGEST_SECONDS = 400;

    @TempDir
    Path work;

    @Test
    @Timeout(LONGEST_SECONDS)
    void whoeverDiesTheClusterConvergesAndNothingIsLost() throws IOException, InterruptedException {
        ReplicaCampaign.Report report = ReplicaCampaign.onFolder(work.toRealPath(), SEED, TIME);

        assertThat(report.kills()).isPositive();
        assertThat(report.operations()).isPositive();
    }
}
