package dev.omnigraph.controlplane.app.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatusBoardTest {

    private static final Duration FRESHNESS = Duration.ofSeconds(1);

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicLong happenings = new AtomicLong();
    private String revision = "1";
    private int age;
    private Instant now = Instant.parse("2026-11-25T12:00:00Z");
    private final StatusBoard board = new StatusBoard(this::read, happenings::get, FRESHNESS, () -> now);

    @Test
    void withinTheBoundTheStoreIsReadOnceForAll() {
        IntStream.range(0, 1000).forEach(ignored -> board.recent());
        assertThat(reads).hasValue(1);

        now = now.plus(FRESHNESS).minusMillis(1);
        board.recent();
        assertThat(reads).hasValue(1);

        now = now.plusMillis(1);
        board.recent();
        assertThat(reads).hasValue(2);
    }

    @Test
    void whatHappensHereShowsAtOnce() {
        board.recent();
        happenings.incrementAndGet();
        board.recent();
        assertThat(reads).hasValue(2);

        board.forget();
        board.recent();
        board.recent();
        assertThat(reads).hasValue(3);
    }

    @Test
    void aClockThatIsSetBackMakesNoReadingLast() {
        board.recent();
        now = now.minus(Duration.ofHours(1));
        board.recent();

        assertThat(reads).hasValue(2);
    }

    @Test
    void theTagIsOfEverythingButTheAgeOfTheLock() {
        String tag = board.recent().etag();
        age = 17;
        board.forget();
        assertThat(board.recent().etag()).isEqualTo(tag);

        revision = "2";
        board.forget();
        assertThat(board.recent().etag()).isNotEqualTo(tag);
    }

    @Test
    void aTagIsComparedWeakly() {
        StatusSnapshot snapshot = board.recent();
        String strong = snapshot.etag().substring("W/".length());

        assertThat(snapshot.isAmong(List.of("\"other\"", snapshot.etag()))).isTrue();
        assertThat(snapshot.isAmong(List.of(strong))).isTrue();
        assertThat(snapshot.isAmong(List.of("*"))).isTrue();
        assertThat(snapshot.isAmong(List.of("\"other\""))).isFalse();
        assertThat(snapshot.isAmong(List.of())).isFalse();
    }

    private JsonObject read() {
        reads.incrementAndGet();
        return JsonObject.builder()
                .put(
                        "state_observations",
                        JsonObject.builder()
                                .put("state_revision", revision)
                                .put("lock_age_seconds", age)
                                .build())
                .build();
    }
}
