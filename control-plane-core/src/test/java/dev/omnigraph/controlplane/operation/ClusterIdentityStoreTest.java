package dev.omnigraph.controlplane.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClusterIdentityStoreTest {

    private static final ObjectKey KEY = new ObjectKey("__control/cluster.json");
    private static final ClusterIdentity FIRST = new ClusterIdentity("prod", "01KB0000000000000000000001");
    private static final ClusterIdentity SECOND = new ClusterIdentity("prod", "01KB0000000000000000000002");

    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final ClusterIdentityStore identities = new ClusterIdentityStore(objects);

    @Test
    void theFirstStartDecides() {
        assertThat(identities.establish(FIRST)).isEqualTo(new ClusterIdentityStore.Outcome.Established(FIRST));
        assertThat(identities.establish(SECOND)).isEqualTo(new ClusterIdentityStore.Outcome.Established(FIRST));
    }

    @Test
    void ofTwoFirstStartsTheLoserTakesTheWinners() {
        AtomicBoolean raced = new AtomicBoolean();
        objects.disturb((call, key) -> {
            if (call == StoreCall.PUT_IF_ABSENT && raced.compareAndSet(false, true)) {
                identities.establish(FIRST);
            }
            return StoreFault.NONE;
        });

        assertThat(identities.establish(SECOND)).isEqualTo(new ClusterIdentityStore.Outcome.Established(FIRST));
    }

    @Test
    void aLostAnswerIsLookedUp() {
        objects.disturbOnce(StoreCall.PUT_IF_ABSENT, KEY, StoreFault.ANSWER_LOST);

        assertThat(identities.establish(FIRST)).isEqualTo(new ClusterIdentityStore.Outcome.Established(FIRST));
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreFault.class,
            names = {"REQUEST_LOST", "REFUSED"})
    void aStoreThatTakesNothingIsReported(StoreFault fault) {
        objects.disturb((call, key) -> call == StoreCall.PUT_IF_ABSENT ? fault : StoreFault.NONE);

        assertThat(identities.establish(FIRST)).isInstanceOf(ClusterIdentityStore.Outcome.Unavailable.class);
    }

    @Test
    void aNewerFormatIsRefusedWithWhatToDo() {
        objects.putIfAbsent(KEY, "{\"format\": 2, \"realm\": \"x\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(identities.establish(FIRST))
                .isInstanceOfSatisfying(
                        ClusterIdentityStore.Outcome.Unreadable.class,
                        unreadable -> assertThat(unreadable.reason())
                                .contains("__control/cluster.json", "format 2", "run the version that wrote it"));
    }

    @Test
    void namesAreShortAndPlain() {
        assertThat(ClusterIdentity.canName("prod_eu-1")).isTrue();
        assertThat(ClusterIdentity.canName("")).isFalse();
        assertThat(ClusterIdentity.canName("prod eu")).isFalse();
        assertThat(ClusterIdentity.canName("a".repeat(257))).isFalse();
    }
}
