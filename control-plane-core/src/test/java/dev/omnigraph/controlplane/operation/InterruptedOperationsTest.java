package dev.omnigraph.controlplane.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptedOperationsTest {

    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final OperationStore store = new OperationStore(objects);
    private final InterruptedOperations interrupted = new InterruptedOperations(store);

    @Test
    void whatAnEarlierProcessLeftUnfinishedIsMarked() {
        OperationSamples.all().forEach(store::create);

        assertThat(interrupted.mark(OperationSamples.RESTARTED, OperationSamples.FINISHED))
                .isEqualTo(new InterruptedOperations.Outcome.Marked(
                        List.of(OperationSamples.id(2), OperationSamples.id(1))));

        assertThat(problem(1)).contains("it changed nothing");
        assertThat(problem(2)).contains("half done");
        assertThat(store.read(OperationSamples.id(4)))
                .isInstanceOfSatisfying(
                        OperationRead.Found.class,
                        found -> assertThat(found.operation().record()).isEqualTo(OperationSamples.succeeded(4)));
    }

    @Test
    void whatThisProcessOrAnotherInstanceRunsIsLeft() {
        OperationSamples.all().forEach(store::create);

        assertThat(interrupted.mark(OperationSamples.OWNER, OperationSamples.FINISHED))
                .isEqualTo(new InterruptedOperations.Outcome.Marked(List.of()));
        assertThat(interrupted.mark(OperationSamples.OTHER_INSTANCE, OperationSamples.FINISHED))
                .isEqualTo(new InterruptedOperations.Outcome.Marked(List.of()));
    }

    @Test
    void aStoreThatDoesNotAnswerIsReported() {
        OperationSamples.all().forEach(store::create);
        objects.disturb((call, key) -> call == StoreCall.PUT_IF_MATCH ? StoreFault.REQUEST_LOST : StoreFault.NONE);

        assertThat(interrupted.mark(OperationSamples.RESTARTED, OperationSamples.FINISHED))
                .isInstanceOf(InterruptedOperations.Outcome.Unavailable.class);
    }

    private String problem(int number) {
        OperationRead read = store.read(OperationSamples.id(number));
        OperationRecord operation = ((OperationRead.Found) read).operation().record();
        assertThat(operation.state()).isEqualTo(OperationState.INTERRUPTED);
        return operation.ended().orElseThrow().ending().problem().orElseThrow().detail();
    }
}
