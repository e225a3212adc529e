package dev.omnigraph.controlplane.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OperationStoreTest {

    private static final ObjectKey KEY = new ObjectKey("__control/operations/" + OperationSamples.id(1) + ".json");

    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final OperationStore store = new OperationStore(objects);

    @Test
    void aTransitionIsStoredOverTheRecordItCameFrom() {
        StoredOperation queued = stored(store.create(OperationSamples.queued(1)));

        StoredOperation running = stored(store.replace(queued, OperationSamples.running(1)));

        assertThat(store.read(OperationSamples.id(1))).isEqualTo(new OperationRead.Found(running));
    }

    @Test
    void theLoserOfARaceLearnsWhatIsThere() {
        StoredOperation queued = stored(store.create(OperationSamples.queued(1)));
        StoredOperation cancelled = stored(store.replace(queued, OperationSamples.cancelledInQueue(1)));

        assertThat(store.replace(queued, OperationSamples.running(1)))
                .isEqualTo(new OperationWrite.Lost(new OperationRead.Found(cancelled)));
    }

    @Test
    void aRecordIsCreatedOnce() {
        StoredOperation first = stored(store.create(OperationSamples.running(1)));

        assertThat(store.create(OperationSamples.queued(1)))
                .isEqualTo(new OperationWrite.Lost(new OperationRead.Found(first)));
    }

    @Test
    void aLostAnswerIsAskedForAgainUntilItIsClear() {
        objects.disturbOnce(StoreCall.PUT_IF_ABSENT, KEY, StoreFault.ANSWER_LOST);
        StoredOperation queued = stored(store.create(OperationSamples.queued(1)));

        objects.disturbOnce(StoreCall.PUT_IF_MATCH, KEY, StoreFault.REQUEST_LOST);
        stored(store.replace(queued, OperationSamples.running(1)));
    }

    @Test
    void aWriteWithoutAnyClearAnswerIsUnknown() {
        List<StoreCall> calls = new ArrayList<>();
        objects.disturb((call, key) -> {
            calls.add(call);
            return StoreFault.REQUEST_LOST;
        });

        assertThat(store.create(OperationSamples.queued(1))).isInstanceOf(OperationWrite.Unknown.class);
        assertThat(calls).hasSize(OperationStore.MAX_WRITE_ATTEMPTS);
    }

    @Test
    void aRefusalAfterAnUnclearAnswerSettlesNothing() {
        objects.disturb((call, key) -> StoreFault.REFUSED);
        assertThat(store.create(OperationSamples.queued(1))).isInstanceOf(OperationWrite.Refused.class);

        List<StoreFault> faults =
                new ArrayList<>(List.of(StoreFault.ANSWER_LOST, StoreFault.REFUSED, StoreFault.REFUSED));
        objects.disturb((call, key) -> faults.remove(0));
        assertThat(store.create(OperationSamples.queued(1))).isInstanceOf(OperationWrite.Unknown.class);
    }

    @Test
    void whatCannotBeReadIsToldApart() {
        assertThat(store.read(OperationSamples.id(1))).isInstanceOf(OperationRead.Absent.class);
        assertThat(store.read("../cluster")).isInstanceOf(OperationRead.Absent.class);

        put(KEY, "{}");
        assertThat(store.read(OperationSamples.id(1))).isInstanceOf(OperationRead.Unreadable.class);

        objects.disturb((call, key) -> StoreFault.REQUEST_LOST);
        assertThat(store.read(OperationSamples.id(1))).isInstanceOf(OperationRead.Unavailable.class);
    }

    @Test
    void aRecordUnderAnothersNameIsUnreadable() {
        put(KEY, new String(OperationDocument.write(OperationSamples.queued(2)), StandardCharsets.UTF_8));

        assertThat(store.read(OperationSamples.id(1)))
                .isEqualTo(new OperationRead.Unreadable("it is the record of operation " + OperationSamples.id(2)));
    }

    @Test
    void pagesGoFromTheNewestToTheOldest() {
        IntStream.rangeClosed(1, 5).forEach(number -> stored(store.create(OperationSamples.queued(number))));
        put(new ObjectKey("__control/operations/README"), "not a record");

        OperationPage.Listed first = listed(OperationFilter.all(), Optional.empty(), 3);
        OperationPage.Listed second = listed(OperationFilter.all(), first.next(), 3);

        assertThat(ids(first)).containsExactly(OperationSamples.id(5), OperationSamples.id(4), OperationSamples.id(3));
        assertThat(ids(second)).containsExactly(OperationSamples.id(2), OperationSamples.id(1));
        assertThat(second.next()).isEmpty();
    }

    @Test
    void aPageHoldsWhatTheFilterAdmits() {
        stored(store.create(OperationSamples.queued(1)));
        stored(store.create(OperationSamples.failed(2)));
        stored(store.create(OperationSamples.succeeded(3)));

        assertThat(ids(listed(filter(Optional.of(OperationState.FAILED), Optional.of("apply")), Optional.empty(), 10)))
                .containsExactly(OperationSamples.id(2));
        assertThat(ids(listed(filter(Optional.empty(), Optional.of("refresh")), Optional.empty(), 10)))
                .isEmpty();
    }

    @Test
    void aFilteredPageReadsOnlySoManyRecords() {
        int records = OperationStore.MAX_RECORDS_READ_FOR_A_PAGE + 1;
        IntStream.rangeClosed(1, records).forEach(number -> stored(store.create(OperationSamples.queued(number))));
        OperationFilter nothing = filter(Optional.of(OperationState.FAILED), Optional.empty());

        OperationPage.Listed page = listed(nothing, Optional.empty(), 10);

        assertThat(page.operations()).isEmpty();
        assertThat(page.next()).contains(OperationSamples.id(2));
        assertThat(listed(nothing, page.next(), 10).next()).isEmpty();
    }

    @Test
    void aPageNamesRecordsThatCannotBeRead() {
        put(KEY, "{}");

        assertThat(listed(OperationFilter.all(), Optional.empty(), 10).unreadable())
                .containsExactly(OperationSamples.id(1));
    }

    @Test
    void aListingThatFailsIsNoEmptyPage() {
        stored(store.create(OperationSamples.queued(1)));

        objects.disturb((call, key) -> call == StoreCall.LIST ? StoreFault.REQUEST_LOST : StoreFault.NONE);
        assertThat(store.page(OperationFilter.all(), Optional.empty(), 10))
                .isInstanceOf(OperationPage.Unavailable.class);
        objects.disturb((call, key) -> call == StoreCall.GET ? StoreFault.REQUEST_LOST : StoreFault.NONE);
        assertThat(store.page(OperationFilter.all(), Optional.empty(), 10))
                .isInstanceOf(OperationPage.Unavailable.class);
    }

    @Test
    void pagesHaveALimit() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> store.page(OperationFilter.all(), Optional.empty(), OperationStore.MAX_PAGE_SIZE + 1));
    }

    private OperationPage.Listed listed(OperationFilter filter, Optional<String> olderThan, int size) {
        OperationPage page = store.page(filter, olderThan, size);
        assertThat(page).isInstanceOf(OperationPage.Listed.class);
        return (OperationPage.Listed) page;
    }

    private static List<String> ids(OperationPage.Listed page) {
        return page.operations().stream().map(OperationRecord::id).toList();
    }

    private static StoredOperation stored(OperationWrite write) {
        assertThat(write).isInstanceOf(OperationWrite.Stored.class);
        return ((OperationWrite.Stored) write).operation();
    }

    private void put(ObjectKey key, String text) {
        objects.putIfAbsent(key, text.getBytes(StandardCharsets.UTF_8));
    }

    private static OperationFilter filter(Optional<OperationState> state, Optional<String> command) {
        return new OperationFilter(
                state, command, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
