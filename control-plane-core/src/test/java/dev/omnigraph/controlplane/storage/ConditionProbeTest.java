package dev.omnigraph.controlplane.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.storage.ConditionProbe.Condition;
import dev.omnigraph.controlplane.storage.ConditionProbe.Outcome;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stores that lie about their conditions are found out, and none is accused for not answering. */
class ConditionProbeTest {

    private final MemoryObjectStore honest = new MemoryObjectStore();

    @Test
    void anHonestStoreIsTrustedAndLeftEmpty() {
        assertThat(probe(honest)).isEqualTo(new Outcome.Kept());
        assertThat(honest.exists(ObjectKey.ROOT)).isEqualTo(new PrefixOutcome.Absent());
    }

    @ParameterizedTest
    @EnumSource(Condition.class)
    void anIgnoredConditionIsNamed(Condition ignored) {
        assertThat(probe(new LyingStore(ignored))).isInstanceOfSatisfying(Outcome.Ignored.class, outcome -> {
            assertThat(outcome.condition()).isEqualTo(ignored);
            assertThat(outcome.what()).isNotEmpty();
        });
        assertThat(honest.exists(ObjectKey.ROOT)).isEqualTo(new PrefixOutcome.Absent());
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreCall.class,
            names = {"PUT_IF_ABSENT", "PUT_IF_MATCH", "DELETE_IF_MATCH", "GET"})
    void aStoreThatDoesNotAnswerIsNotCalledALiar(StoreCall silent) {
        for (StoreFault fault : new StoreFault[] {StoreFault.REQUEST_LOST, StoreFault.REFUSED}) {
            honest.disturb((call, key) -> call == silent ? fault : StoreFault.NONE);
            assertThat(probe(honest)).isInstanceOf(Outcome.Unavailable.class);
        }
    }

    private static Outcome probe(ObjectStore store) {
        return new ConditionProbe(store, new UlidSource()).run();
    }

    /** Takes a condition, ignores it, and reports success. */
    private final class LyingStore extends ForwardingObjectStore {

        private final Condition ignored;

        private LyingStore(Condition ignored) {
            super(honest);
            this.ignored = ignored;
        }

        @Override
        public PutOutcome putIfAbsent(ObjectKey key, byte[] bytes) {
            if (ignored == Condition.WRITE_IF_ABSENT) {
                honest.delete(key);
            }
            return super.putIfAbsent(key, bytes);
        }

        @Override
        public PutOutcome putIfMatch(ObjectKey key, byte[] bytes, VersionTag expected) {
            if (ignored == Condition.WRITE_IF_MATCH) {
                honest.delete(key);
                return honest.putIfAbsent(key, bytes);
            }
            return super.putIfMatch(key, bytes, expected);
        }

        @Override
        public DeleteOutcome deleteIfMatch(ObjectKey key, VersionTag expected) {
            return ignored == Condition.DELETE_IF_MATCH ? honest.delete(key) : super.deleteIfMatch(key, expected);
        }
    }
}
