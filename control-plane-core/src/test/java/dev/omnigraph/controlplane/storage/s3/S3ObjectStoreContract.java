package dev.omnigraph.controlplane.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.storage.ConditionProbe;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.ObjectStoreContract;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.RemovalOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.TreeOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store in a bucket keeps besides, on whichever server. */
abstract class S3ObjectStoreContract extends ObjectStoreContract {

    private static final byte[] BYTES = "bytes".getBytes(UTF_8);
    /** More than one page of a listing, and more than one batch of a removal. */
    private static final int MANY = 1003;

    private StorageRoot.Bucket root;
    private S3ObjectStore store;

    abstract S3Server server();

    @BeforeEach
    void openAStore() {
        root = TestBucket.freshRoot();
        store = TestBucket.open(server(), root);
    }

    @AfterEach
    void closeTheStore() {
        store.close();
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Test
    void theConditionsOfTheServerAreKept() {
        assertThat(new ConditionProbe(store, new UlidSource()).run()).isEqualTo(new ConditionProbe.Outcome.Kept());
        assertThat(store.exists(ObjectKey.ROOT)).isEqualTo(new PrefixOutcome.Absent());
    }

    @Test
    void manyObjectsAreListedAndRemovedPageByPage() {
        ObjectKey prefix = new ObjectKey("many");
        IntStream.range(0, MANY)
                .parallel()
                .forEach(i -> assertThat(store.putIfAbsent(prefix.child("%04d/x".formatted(i)), BYTES))
                        .isInstanceOf(PutOutcome.Done.class));
        List<Long> progress = new ArrayList<>();

        assertThat(((ListOutcome.Listed) store.list(prefix)).entries())
                .hasSize(MANY)
                .isSortedAccordingTo(
                        (one, other) -> one.key().path().compareTo(other.key().path()));
        assertThat(((TreeOutcome.Listed) store.tree(prefix)).bytes()).isEqualTo((long) MANY * BYTES.length);
        assertThat(store.removeTree(prefix, progress::add)).isEqualTo(new RemovalOutcome.Done(MANY));
        assertThat(progress).containsExactly(1000L, (long) MANY);
        assertThat(store.exists(prefix)).isEqualTo(new PrefixOutcome.Absent());
    }

    @Test
    void whatIsTooMuchForOneListingIsUnknown() {
        for (int i = 0; i < 4; i++) {
            store.putIfAbsent(new ObjectKey("t/" + i), BYTES);
        }
        try (S3ObjectStore narrow = TestBucket.open(server(), root, TestBucket.settings(server()), Pause.REAL, 3)) {
            assertThat(narrow.list(new ObjectKey("t"))).isInstanceOf(ListOutcome.Unknown.class);
            assertThat(narrow.tree(new ObjectKey("t"))).isInstanceOf(TreeOutcome.Unknown.class);
            assertThat(narrow.exists(new ObjectKey("t"))).isEqualTo(new PrefixOutcome.Present());
        }
    }

    @Test
    void aBucketThatIsNotThereIsNoEmptyOne() {
        StorageRoot.Bucket nowhere = new StorageRoot.Bucket("no-such-bucket", "");
        try (S3ObjectStore lost = TestBucket.open(server(), nowhere)) {
            assertThat(lost.get(new ObjectKey("x"))).isInstanceOf(GetOutcome.Unknown.class);
            assertThat(lost.list(ObjectKey.ROOT)).isInstanceOf(ListOutcome.Unknown.class);
            assertThat(lost.exists(ObjectKey.ROOT)).isInstanceOf(PrefixOutcome.Unknown.class);
            assertThat(lost.putIfAbsent(new ObjectKey("x"), BYTES)).isInstanceOf(PutOutcome.Refused.class);
            assertThat(new ConditionProbe(lost, new UlidSource()).run())
                    .isInstanceOf(ConditionProbe.Outcome.Unavailable.class);
        }
    }

    @Test
    void aStoreIsNamedAsItIsDeclared() {
        assertThat(store.location()).isEqualTo("s3://golden/" + root.prefix());
    }
}
