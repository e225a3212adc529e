package dev.omnigraph.controlplane.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.desired.RevisionStore.Move;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevisionStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final ObjectKey HEAD = new ObjectKey("__control/head.json");

    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final RevisionStore revisions = new RevisionStore(objects);
    private final Revision first = revision(Optional.empty(), "first");
    private final Revision second = revision(Optional.of(first.id()), "second");

    @Test
    void anIdIsTheBeginningOfTheDigestOfTheRecord() {
        revisions.moveTo(first);
        GetOutcome.Found record =
                (GetOutcome.Found) objects.get(new ObjectKey("__control/revisions/" + first.id() + ".json"));

        assertThat(Sha256.hex(record.object().bytes())).startsWith(first.id());
        assertThat(first.id()).hasSize(40);
    }

    @Test
    void theHeadMovesFromItsParentOnly() {
        assertThat(revisions.head()).isEmpty();
        assertThat(revisions.moveTo(second)).isEqualTo(new Move.Lost());
        assertThat(revisions.moveTo(first)).isEqualTo(new Move.Moved());
        assertThat(revisions.moveTo(revision(Optional.empty(), "late"))).isEqualTo(new Move.Lost());
        assertThat(revisions.moveTo(second)).isEqualTo(new Move.Moved());
        assertThat(revisions.head()).contains(second);
    }

    @Test
    void historyGoesFromTheHeadToTheFirstInPages() {
        revisions.moveTo(first);
        revisions.moveTo(second);
        Revision third = revision(Optional.of(second.id()), "third");
        revisions.moveTo(third);

        RevisionStore.Page newest = revisions.page(Optional.empty(), 2);
        assertThat(newest.revisions()).containsExactly(third, second);
        assertThat(newest.next()).contains(second.id());
        assertThat(revisions.page(newest.next(), 2))
                .isEqualTo(new RevisionStore.Page(List.of(first), Optional.empty()));
        assertThat(revisions.page(Optional.empty(), 3).next()).isEmpty();
    }

    @Test
    void whoIsFasterMovesTheHead() {
        revisions.moveTo(first);
        Revision other = revision(Optional.of(first.id()), "other");
        objects.disturb((call, key) -> {
            if (call == StoreCall.PUT_IF_MATCH && key.equals(HEAD)) {
                objects.calm();
                new RevisionStore(objects).moveTo(other);
            }
            return StoreFault.NONE;
        });

        assertThat(revisions.moveTo(second)).isEqualTo(new Move.Lost());
        assertThat(revisions.head()).contains(other);
        assertThat(revisions.page(Optional.empty(), 9).revisions()).containsExactly(other, first);
        assertThat(revisions.ids()).containsExactlyInAnyOrder(first.id(), second.id(), other.id());
    }

    @Test
    void anAnswerThatGotLostIsNoFailure() {
        objects.disturbOnce(StoreCall.PUT_IF_ABSENT, HEAD, StoreFault.ANSWER_LOST);

        assertThat(revisions.moveTo(first)).isEqualTo(new Move.Moved());
    }

    @Test
    void whereTheHeadMayHaveMovedThatIsSaid() {
        objects.disturb((call, key) ->
                key.equals(HEAD) && call == StoreCall.PUT_IF_ABSENT ? StoreFault.REQUEST_LOST : StoreFault.NONE);
        assertThat(revisions.moveTo(first)).isInstanceOf(Move.Unknown.class);

        objects.disturb((call, key) -> call == StoreCall.PUT_IF_ABSENT ? StoreFault.REFUSED : StoreFault.NONE);
        assertThat(revisions.moveTo(first)).isInstanceOf(Move.Refused.class);
    }

    @Test
    void theHeadIsNotRemovedAndWhatIsOlderCanBe() {
        revisions.moveTo(first);
        revisions.moveTo(second);

        assertThat(revisions.remove(second.id())).isEmpty();
        assertThat(revisions.remove(first.id())).isEmpty();
        assertThat(revisions.head()).contains(second);
        assertThat(revisions.page(Optional.empty(), 9))
                .isEqualTo(new RevisionStore.Page(List.of(second), Optional.empty()));
    }

    @Test
    void aHeadOfANewerFormatIsNotTakenForNone() {
        objects.putIfAbsent(HEAD, "{\"format\": 2}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(revisions::head)
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageContaining("format 2");
    }

    private static Revision revision(Optional<String> parent, String message) {
        return Revision.of(
                parent, new ConfigurationName(Sha256.hex(message)), Optional.of(message), Optional.of("alice"), NOW);
    }
}
