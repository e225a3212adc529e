package dev.omnigraph.controlplane.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.storage.CountingObjectStore;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.ObjectStoreContract;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.VersionTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemoryObjectStoreTest extends ObjectStoreContract {

    private static final ObjectKey KEY = new ObjectKey("a/b");
    private static final byte[] BYTES = {1, 2, 3};

    private final MemoryObjectStore memory = new MemoryObjectStore();

    @Override
    protected ObjectStore store() {
        return memory;
    }

    @Test
    void aLostRequestChangesNothing() {
        memory.disturbOnce(StoreCall.PUT_IF_ABSENT, KEY, StoreFault.REQUEST_LOST);

        assertThat(memory.putIfAbsent(KEY, BYTES)).isInstanceOf(PutOutcome.Unknown.class);
        assertThat(memory.get(KEY)).isEqualTo(new GetOutcome.Absent());
        assertThat(memory.putIfAbsent(KEY, BYTES)).isInstanceOf(PutOutcome.Done.class);
    }

    @Test
    void aLostAnswerHidesWhatWasDone() {
        memory.disturbOnce(StoreCall.PUT_IF_ABSENT, KEY, StoreFault.ANSWER_LOST);

        assertThat(memory.putIfAbsent(KEY, BYTES)).isInstanceOf(PutOutcome.Unknown.class);
        assertThat(memory.get(KEY)).isInstanceOf(GetOutcome.Found.class);
    }

    @Test
    void aLateCallKeepsItsCondition() {
        memory.disturbOnce(StoreCall.PUT_IF_ABSENT, KEY, StoreFault.LANDS_LATE);
        assertThat(memory.putIfAbsent(KEY, BYTES)).isInstanceOf(PutOutcome.Unknown.class);
        assertThat(memory.get(KEY)).isEqualTo(new GetOutcome.Absent());

        memory.landLateCalls();
        assertThat(memory.get(KEY)).isInstanceOf(GetOutcome.Found.class);

        memory.disturbOnce(StoreCall.PUT_IF_ABSENT, KEY, StoreFault.LANDS_LATE);
        assertThat(memory.putIfAbsent(KEY, new byte[] {9})).isInstanceOf(PutOutcome.Unknown.class);
        memory.landLateCalls();
        assertThat(((GetOutcome.Found) memory.get(KEY)).object().bytes()).isEqualTo(BYTES);
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreFault.class,
            names = {"REFUSED", "REQUEST_LOST", "ANSWER_LOST", "LANDS_LATE"})
    void everyCallCanBeDisturbed(StoreFault fault) {
        memory.disturb((call, key) -> fault);
        boolean refused = fault == StoreFault.REFUSED;
        VersionTag tag = new VersionTag("of nothing");

        assertThat(memory.get(KEY)).isInstanceOf(refused ? GetOutcome.Unusable.class : GetOutcome.Unknown.class);
        assertThat(memory.putIfAbsent(KEY, BYTES))
                .isInstanceOf(refused ? PutOutcome.Refused.class : PutOutcome.Unknown.class);
        assertThat(memory.putIfMatch(KEY, BYTES, tag))
                .isInstanceOf(refused ? PutOutcome.Refused.class : PutOutcome.Unknown.class);
        assertThat(memory.deleteIfMatch(KEY, tag))
                .isInstanceOf(refused ? DeleteOutcome.Refused.class : DeleteOutcome.Unknown.class);
        assertThat(memory.delete(KEY))
                .isInstanceOf(refused ? DeleteOutcome.Refused.class : DeleteOutcome.Unknown.class);
        assertThat(memory.list(ObjectKey.ROOT)).isInstanceOf(ListOutcome.Unknown.class);
        assertThat(memory.exists(ObjectKey.ROOT)).isInstanceOf(PrefixOutcome.Unknown.class);

        memory.calm();
        assertThat(memory.get(KEY)).isEqualTo(new GetOutcome.Absent());
    }

    @Test
    void callsAndBytesAreCounted() {
        CountingObjectStore counting = new CountingObjectStore(memory);
        counting.putIfAbsent(KEY, BYTES);
        counting.putIfAbsent(KEY, BYTES);
        counting.get(KEY);
        counting.get(new ObjectKey("nothing"));
        counting.list(ObjectKey.ROOT);

        assertThat(counting.calls(StoreCall.PUT_IF_ABSENT)).isEqualTo(2);
        assertThat(counting.calls(StoreCall.GET)).isEqualTo(2);
        assertThat(counting.calls()).isEqualTo(5);
        assertThat(counting.bytesWritten()).isEqualTo(3);
        assertThat(counting.bytesRead()).isEqualTo(3);

        counting.reset();
        assertThat(counting.calls()).isZero();
        assertThat(counting.bytesRead()).isZero();
    }
}
