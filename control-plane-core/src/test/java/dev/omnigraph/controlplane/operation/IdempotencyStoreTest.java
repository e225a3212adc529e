package dev.omnigraph.controlplane.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.operation.IdempotencyStore.Outcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IdempotencyStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final RepeatableRequest REQUEST =
            new RepeatableRequest(Optional.of("alice"), "POST", "/apply", "key-1", "ab".repeat(32));
    private static final ObjectKey KEY = new ObjectKey("__control/idempotency/" + REQUEST.scopeDigest() + ".json");
    private static final KeptAnswer ANSWER = new KeptAnswer(201, Optional.of("/approvals/x"), "{}\n");

    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final IdempotencyStore keys = new IdempotencyStore(objects);

    @Test
    void whoComesAgainLearnsWhatWasMadeTheFirstTime() {
        Outcome first = keys.claim(REQUEST, "01A", NOW);
        Outcome second = keys.claim(REQUEST, "01B", NOW.plusSeconds(1));

        assertThat(first)
                .isInstanceOfSatisfying(
                        Outcome.Fresh.class,
                        fresh -> assertThat(fresh.claim().id()).isEqualTo("01A"));
        assertThat(second).isEqualTo(new Outcome.Repeated(((Outcome.Fresh) first).claim()));
    }

    @Test
    void anotherBodyUnderTheSameKeyIsAnotherRequest() {
        keys.claim(REQUEST, "01A", NOW);
        RepeatableRequest other =
                new RepeatableRequest(REQUEST.principal(), "POST", "/apply", "key-1", "cd".repeat(32));

        assertThat(keys.claim(other, "01B", NOW)).isEqualTo(new Outcome.Reused());
    }

    @ParameterizedTest
    @CsvSource({"bob,POST,/apply,key-1", ",POST,/apply,key-1", "alice,POST,/refresh,key-1", "alice,POST,/apply,key-2"})
    void aKeyCountsWithinItsScope(String principal, String method, String path, String key) {
        keys.claim(REQUEST, "01A", NOW);
        RepeatableRequest other =
                new RepeatableRequest(Optional.ofNullable(principal), method, path, key, REQUEST.bodyDigest());

        assertThat(keys.claim(other, "01B", NOW)).isInstanceOf(Outcome.Fresh.class);
    }

    @Test
    void afterADayTheKeyStandsForNothing() {
        keys.claim(REQUEST, "01A", NOW);

        assertThat(keys.claim(REQUEST, "01B", NOW.plus(IdempotencyStore.KEPT).minusMillis(1)))
                .isInstanceOf(Outcome.Repeated.class);
        assertThat(keys.claim(REQUEST, "01C", NOW.plus(IdempotencyStore.KEPT)))
                .isInstanceOfSatisfying(
                        Outcome.Fresh.class,
                        fresh -> assertThat(fresh.claim().id()).isEqualTo("01C"));
    }

    @Test
    void anAnswerIsKeptForRepetitions() {
        Outcome.Fresh fresh = (Outcome.Fresh) keys.claim(REQUEST, "01A", NOW);

        assertThat(keys.keep(fresh.claim(), ANSWER)).isTrue();
        assertThat(keys.keep(fresh.claim(), ANSWER)).isFalse();
        assertThat(keys.claim(REQUEST, "01B", NOW))
                .isInstanceOfSatisfying(
                        Outcome.Repeated.class,
                        repeated -> assertThat(repeated.claim().answer()).contains(ANSWER));
    }

    @Test
    void ofTwoAtTheSameMomentOneClaimsTheKey() {
        AtomicBoolean raced = new AtomicBoolean();
        objects.disturb((call, key) -> {
            if (call == StoreCall.PUT_IF_ABSENT && raced.compareAndSet(false, true)) {
                keys.claim(REQUEST, "01A", NOW);
            }
            return StoreFault.NONE;
        });

        assertThat(keys.claim(REQUEST, "01B", NOW))
                .isInstanceOfSatisfying(
                        Outcome.Repeated.class,
                        repeated -> assertThat(repeated.claim().id()).isEqualTo("01A"));
    }

    @Test
    void aClaimWhoseAnswerGotLostIsOurs() {
        objects.disturbOnce(StoreCall.PUT_IF_ABSENT, KEY, StoreFault.ANSWER_LOST);

        assertThat(keys.claim(REQUEST, "01A", NOW)).isInstanceOf(Outcome.Fresh.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreFault.class,
            names = {"REQUEST_LOST", "REFUSED"})
    void aStoreThatTakesNothingIsReported(StoreFault fault) {
        objects.disturb((call, key) -> call == StoreCall.PUT_IF_ABSENT ? fault : StoreFault.NONE);

        assertThat(keys.claim(REQUEST, "01A", NOW)).isInstanceOf(Outcome.Unavailable.class);
    }

    @Test
    void whatCannotBeUnderstoodIsNotTakenForAbsent() {
        objects.putIfAbsent(KEY, "{\"format\": 2}".getBytes(StandardCharsets.UTF_8));

        assertThat(keys.claim(REQUEST, "01A", NOW))
                .isInstanceOfSatisfying(
                        Outcome.Unreadable.class,
                        unreadable -> assertThat(unreadable.reason()).contains("format 2"));
    }

    @Test
    void theKeyItselfIsStoredNowhere() {
        RepeatableRequest secret = new RepeatableRequest(
                REQUEST.principal(), "POST", "/apply", "a-secret-of-the-client", REQUEST.bodyDigest());
        keys.claim(secret, "01A", NOW.plus(Duration.ofDays(1)));

        ListOutcome.Listed listed = (ListOutcome.Listed) objects.list(new ObjectKey("__control/idempotency"));
        assertThat(listed.entries()).hasSize(1).allSatisfy(entry -> {
            assertThat(entry.key().path()).doesNotContain("secret");
            assertThat(objects.get(entry.key()).toString()).doesNotContain("secret");
        });
    }
}
