package dev.omnigraph.controlplane.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FreezeStoreTest {

    private static final Freeze RELEASE =
            new Freeze(Optional.of("alice"), "release week", Instant.parse("2026-11-25T12:00:00Z"));
    private static final Freeze OTHER =
            new Freeze(Optional.empty(), "something else", Instant.parse("2026-11-25T13:00:00Z"));

    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final FreezeStore freezes = new FreezeStore(objects);

    @Test
    void aFreezeStandsUntilItIsEnded() {
        assertThat(freezes.read().refusal()).isEmpty();
        freezes.freeze(RELEASE);
        assertThat(freezes.read().refusal())
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("alice", "release week", "2026-11-25T12:00:00Z"));
        assertThat(freezes.end()).isEmpty();
        assertThat(freezes.read()).isEqualTo(new FreezeRead.None());
        assertThat(freezes.end()).isEmpty();
    }

    @Test
    void ofTwoFreezesTheFirstStays() {
        freezes.freeze(RELEASE);

        assertThat(freezes.freeze(OTHER))
                .isInstanceOfSatisfying(
                        FreezeRead.Frozen.class,
                        frozen -> assertThat(frozen.freeze()).isEqualTo(RELEASE));
    }

    @Test
    void aFreezeThatCannotBeReadStillFreezes() {
        objects.putIfAbsent(ControlKeys.FREEZE, "{\"format\": 2}".getBytes(StandardCharsets.UTF_8));

        assertThat(freezes.read().refusal())
                .hasValueSatisfying(reason -> assertThat(reason).contains("cannot be read", "format 2"));
    }

    @Test
    void aFreezeWhoseAnswerGotLostIsLookedUp() {
        objects.disturbOnce(StoreCall.PUT_IF_ABSENT, ControlKeys.FREEZE, StoreFault.ANSWER_LOST);

        assertThat(freezes.freeze(RELEASE)).isInstanceOf(FreezeRead.Frozen.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreFault.class,
            names = {"REQUEST_LOST", "ANSWER_LOST", "LANDS_LATE"})
    void anEndWithoutAnAnswerIsAskedForAgain(StoreFault fault) {
        freezes.freeze(RELEASE);
        objects.disturbOnce(StoreCall.DELETE_IF_MATCH, ControlKeys.FREEZE, fault);

        assertThat(freezes.end()).isEmpty();
        assertThat(freezes.read()).isEqualTo(new FreezeRead.None());

        freezes.freeze(OTHER);
        objects.landLateCalls();
        assertThat(freezes.read()).as("what lands late means the former one").isInstanceOf(FreezeRead.Frozen.class);
    }

    @Test
    void aFreezeThatIsBegunMeanwhileStays() {
        freezes.freeze(RELEASE);
        objects.disturb((call, key) -> {
            if (call == StoreCall.DELETE_IF_MATCH) {
                objects.calm();
                objects.delete(ControlKeys.FREEZE);
                freezes.freeze(OTHER);
            }
            return StoreFault.NONE;
        });

        assertThat(freezes.end())
                .hasValueSatisfying(reason -> assertThat(reason).contains("begun meanwhile", "something else"));
        assertThat(freezes.read())
                .isInstanceOfSatisfying(
                        FreezeRead.Frozen.class,
                        frozen -> assertThat(frozen.freeze()).isEqualTo(OTHER));
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreFault.class,
            names = {"REQUEST_LOST", "REFUSED"})
    void anEndThatIsNotTakenIsReportedAndTheFreezeStands(StoreFault fault) {
        freezes.freeze(RELEASE);
        objects.disturb((call, key) -> call == StoreCall.DELETE_IF_MATCH ? fault : StoreFault.NONE);

        assertThat(freezes.end()).isPresent();
        assertThat(freezes.read()).isInstanceOf(FreezeRead.Frozen.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreFault.class,
            names = {"REQUEST_LOST", "REFUSED"})
    void aStoreThatTakesNothingIsReported(StoreFault fault) {
        objects.disturb((call, key) -> fault);

        assertThat(freezes.freeze(RELEASE)).isInstanceOf(FreezeRead.Unavailable.class);
        assertThat(freezes.end()).isPresent();
    }
}
