package dev.omnigraph.controlplane.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.storage.ConditionProbe;
import dev.omnigraph.controlplane.storage.ConditionProbe.Condition;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import dev.omnigraph.controlplane.storage.s3.S3Settings.DeleteMode;
import org.junit.jupiter.api.Test;

/** The contract on a server that ignores conditions on deletions, which are therefore compared first. */
class MinioStoreTest extends S3ObjectStoreContract {

    private static final ObjectKey KEY = new ObjectKey("key");

    @Override
    S3Server server() {
        return IndependentServers.minioOrStandIn();
    }

    /** Fewer, because thirty-two callers race there in another test, for the lock and for the ledger. */
    @Override
    protected int rounds() {
        return 6;
    }

    /** What callers at the same moment write between comparison and deletion goes: so here one comes after the other. */
    @Test
    @Override
    protected void aReplacementAndADeletionOfOneContentExcludeEachOther() {
        VersionTag first = done(store().putIfAbsent(KEY, "first".getBytes(UTF_8)));
        VersionTag second = done(store().putIfMatch(KEY, "second".getBytes(UTF_8), first));
        assertThat(store().deleteIfMatch(KEY, first)).isInstanceOf(DeleteOutcome.Lost.class);
        assertThat(store().get(KEY)).isInstanceOf(GetOutcome.Found.class);

        assertThat(store().deleteIfMatch(KEY, second)).isEqualTo(new DeleteOutcome.Done());
        assertThat(store().putIfMatch(KEY, "third".getBytes(UTF_8), second)).isInstanceOf(PutOutcome.Lost.class);
    }

    /** A gap of this server, held fast so that it is seen when it closes. The probe of each start finds it. */
    @Test
    void itTakesConditionsOfDeletionsAndIgnoresThem() {
        S3Settings believing = TestBucket.settings(server(), DeleteMode.CONDITIONAL, S3Settings.Timeouts.DEFAULT);
        try (S3ObjectStore store = TestBucket.open(server(), TestBucket.freshRoot(), believing)) {
            assertThat(new ConditionProbe(store, new UlidSource()).run())
                    .isInstanceOfSatisfying(
                            ConditionProbe.Outcome.Ignored.class,
                            ignored -> assertThat(ignored.condition()).isEqualTo(Condition.DELETE_IF_MATCH));
        }
    }

    private static VersionTag done(PutOutcome outcome) {
        assertThat(outcome).isInstanceOf(PutOutcome.Done.class);
        return ((PutOutcome.Done) outcome).tag();
    }
}
