package dev.omnigraph.controlplane.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.MoveOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.ObjectStoreContract;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.RemovalOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where no point is armed it is a store as any other; the contract says so. */
class FaultPointStoreTest extends ObjectStoreContract {

    private static final ObjectKey KEY = new ObjectKey("__cluster/state.json");
    private static final byte[] BYTES = {1, 2, 3};

    private final ObjectStore unarmed = new FaultPointStore(new MemoryObjectStore(), FaultPoints.NONE);

    @Override
    protected ObjectStore store() {
        return unarmed;
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    __cluster/lock.json,                      lock_write,        lock_delete
                    __cluster/state.json,                     state_write,       document_delete
                    __control/history/1-ab.json,              history_write,     document_delete
                    __cluster/recoveries/01A.json,            sidecar_write,     sidecar_delete
                    __cluster/resources/query/g/q/ab.gq,      catalog_write,     document_delete
                    __cluster/approvals/01A.json,             approval_write,    approval_delete
                    __control/approvals/01A.json,             decision_write,    document_delete
                    __control/consumed/01A.json,              reservation_write, document_delete
                    __control/operations/01A.json,            operation_write,   document_delete
                    __control/idempotency/ab.json,            idempotency_write, document_delete
                    __control/instance/host.json,             sign_write,        document_delete
                    __control/freeze.json,                    freeze_write,      freeze_delete
                    graphs/people.omni/_schema.pg,            graph_file_write,  graph_file_delete
                    __control/quarantine/01A.json,            document_write,    document_delete
                    __control/operations-of-others/01A.json,  document_write,    document_delete
                    """)
    void everyChangeHasAPointBeforeAndAPointAfter(String path, String write, String delete) {
        List<String> reached = new ArrayList<>();
        ObjectStore store = new FaultPointStore(new MemoryObjectStore(), point -> reached.add(point.wire()));
        ObjectKey key = new ObjectKey(path);

        VersionTag tag = ((PutOutcome.Done) store.putIfAbsent(key, BYTES)).tag();
        assertThat(reached).containsExactly("cluster_store.before_" + write, "cluster_store.after_" + write);
        reached.clear();
        store.putIfMatch(key, new byte[] {9}, tag);
        assertThat(reached).containsExactly("cluster_store.before_" + write, "cluster_store.after_" + write);
        reached.clear();
        store.deleteIfMatch(key, tag);
        assertThat(reached).as("what was lost is not done").containsExactly("cluster_store.before_" + delete);
        reached.clear();
        store.delete(key);
        assertThat(reached).containsExactly("cluster_store.before_" + delete, "cluster_store.after_" + delete);
    }

    @Test
    void whatTheClockWritesIsASignOfLife() {
        List<String> reached = new ArrayList<>();
        ObjectStore store = FaultPointStore.ofSigns(new MemoryObjectStore(), point -> reached.add(point.wire()));

        store.putIfAbsent(new ObjectKey("__control/operations/01A.json"), BYTES);

        assertThat(reached).containsExactly("cluster_store.before_sign_write", "cluster_store.after_sign_write");
    }

    @Test
    void movesAndRemovalsHaveTheirs(@TempDir Path folder) {
        List<String> reached = new ArrayList<>();
        ObjectStore store = new FaultPointStore(new FolderObjectStore(folder), point -> reached.add(point.wire()));
        store.putIfAbsent(new ObjectKey("a/b/c"), BYTES);
        reached.clear();

        store.move(new ObjectKey("a/b"), new ObjectKey("d/e"));
        store.removeTree(new ObjectKey("d"), removed -> {});

        assertThat(reached)
                .containsExactly(
                        "cluster_store.before_graph_move",
                        "cluster_store.after_graph_move",
                        "cluster_store.before_tree_removal",
                        "cluster_store.after_tree_removal");
    }

    @Test
    void aFailureBeforeTheChangeIsARefusal() {
        MemoryObjectStore memory = new MemoryObjectStore();
        ObjectStore store = new FaultPointStore(memory, FaultPointStoreTest::failBefore);

        assertThat(store.putIfAbsent(KEY, BYTES)).isInstanceOf(PutOutcome.Refused.class);
        assertThat(store.delete(KEY)).isInstanceOf(DeleteOutcome.Refused.class);
        assertThat(store.move(KEY, new ObjectKey("b"))).isInstanceOf(MoveOutcome.Refused.class);
        assertThat(store.removeTree(KEY, removed -> {})).isInstanceOf(RemovalOutcome.Incomplete.class);
        assertThat(memory.get(KEY)).isEqualTo(new GetOutcome.Absent());
    }

    @Test
    void aFailureAfterTheChangeEndsTheCommand() {
        MemoryObjectStore memory = new MemoryObjectStore();
        ObjectStore store = new FaultPointStore(memory, FaultPointStoreTest::failAfter);

        assertThatThrownBy(() -> store.putIfAbsent(KEY, BYTES)).isInstanceOf(InjectedFaultException.class);
        assertThat(memory.get(KEY)).isInstanceOf(GetOutcome.Found.class);
    }

    @Test
    void anAnswerThatIsLostHidesWhatWasDone(@TempDir Path folder) {
        ObjectStore raw = new FolderObjectStore(folder);
        ObjectStore store = new FaultPointStore(raw, FaultPointStoreTest::loseAfter);
        ObjectKey elsewhere = new ObjectKey("elsewhere");

        assertThat(store.putIfAbsent(KEY, BYTES)).isInstanceOf(PutOutcome.Unknown.class);
        assertThat(raw.get(KEY)).isInstanceOf(GetOutcome.Found.class);
        assertThat(store.putIfAbsent(KEY, BYTES)).as("nothing was done").isInstanceOf(PutOutcome.Lost.class);
        assertThat(store.move(new ObjectKey("__cluster"), elsewhere)).isInstanceOf(MoveOutcome.Unknown.class);
        assertThat(raw.get(KEY)).isEqualTo(new GetOutcome.Absent());
        assertThat(store.removeTree(elsewhere, removed -> {})).isInstanceOf(RemovalOutcome.Incomplete.class);
        raw.putIfAbsent(KEY, BYTES);
        assertThat(store.delete(KEY)).isInstanceOf(DeleteOutcome.Unknown.class);
        assertThat(raw.get(KEY)).isEqualTo(new GetOutcome.Absent());
    }

    @ParameterizedTest
    @EnumSource(StoreEffect.class)
    void theNamesOfAPairAgree(StoreEffect effect) {
        String name = effect.name().toLowerCase(Locale.ROOT);

        assertThat(effect.before().wire()).isEqualTo("cluster_store.before_" + name);
        assertThat(effect.before().followsEffect()).isFalse();
        assertThat(effect.after().wire()).isEqualTo("cluster_store.after_" + name);
        assertThat(effect.after().followsEffect()).isTrue();
    }

    private static void failBefore(FaultPoint point) {
        if (!point.followsEffect()) {
            throw new InjectedFaultException(point);
        }
    }

    private static void failAfter(FaultPoint point) {
        if (point.followsEffect()) {
            throw new InjectedFaultException(point);
        }
    }

    private static void loseAfter(FaultPoint point) {
        if (point.followsEffect()) {
            throw new LostAnswerException(point);
        }
    }
}
