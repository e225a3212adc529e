package dev.omnigraph.controlplane.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link ObjectStore} keeps. Each adapter runs this suite on an empty store of its own. */
public abstract class ObjectStoreContract {

    private static final ObjectKey LEDGER = new ObjectKey("__cluster/state.json");
    private static final int WRITERS = 8;

    /** A store without objects, the same one for the whole of one test. */
    protected abstract ObjectStore store();

    /** How often each race is run. */
    protected int rounds() {
        return 20;
    }

    @Test
    protected void nothingIsThereAtFirst() {
        assertThat(store().get(LEDGER)).isEqualTo(new GetOutcome.Absent());
        assertThat(list(ObjectKey.ROOT)).isEqualTo(listed());
        assertThat(list(new ObjectKey("graphs"))).isEqualTo(listed());
        assertThat(store().exists(ObjectKey.ROOT)).isEqualTo(new PrefixOutcome.Absent());
        assertThat(store().exists(new ObjectKey("graphs"))).isEqualTo(new PrefixOutcome.Absent());
    }

    @Test
    protected void bytesComeBackAsTheyWereWritten() {
        byte[] everyByte = new byte[256];
        for (int i = 0; i < everyByte.length; i++) {
            everyByte[i] = (byte) i;
        }

        VersionTag tag = done(store().putIfAbsent(LEDGER, everyByte));

        StoredObject object = found(LEDGER);
        assertThat(object.bytes()).isEqualTo(everyByte);
        assertThat(object.tag()).isEqualTo(tag);
        assertThat(object.text()).isEmpty();
    }

    @Test
    protected void anEmptyObjectIsAnObject() {
        done(store().putIfAbsent(LEDGER, new byte[0]));

        assertThat(found(LEDGER).bytes()).isEmpty();
        assertThat(store().exists(new ObjectKey("__cluster"))).isEqualTo(new PrefixOutcome.Present());
    }

    @Test
    protected void anObjectIsWrittenOnlyWhereNoneIs() {
        done(store().putIfAbsent(LEDGER, bytes("first")));

        PutOutcome second = store().putIfAbsent(LEDGER, bytes("second"));

        assertThat(textOf(lost(second))).isEqualTo("first");
        assertThat(text(LEDGER)).isEqualTo("first");
    }

    @Test
    protected void anObjectIsReplacedOnlyByWhoKnowsItsContent() {
        VersionTag first = done(store().putIfAbsent(LEDGER, bytes("first")));
        VersionTag second = done(store().putIfMatch(LEDGER, bytes("second"), first));

        PutOutcome late = store().putIfMatch(LEDGER, bytes("late"), first);

        assertThat(textOf(lost(late))).isEqualTo("second");
        assertThat(found(LEDGER).tag()).isEqualTo(second);
        assertThat(text(LEDGER)).isEqualTo("second");
    }

    @Test
    protected void whatIsNotThereIsNotReplaced() {
        VersionTag first = done(store().putIfAbsent(LEDGER, bytes("first")));
        assertThat(store().delete(LEDGER)).isEqualTo(new DeleteOutcome.Done());

        assertThat(lost(store().putIfMatch(LEDGER, bytes("second"), first))).isEqualTo(new GetOutcome.Absent());
        assertThat(store().get(LEDGER)).isEqualTo(new GetOutcome.Absent());
    }

    @Test
    protected void anObjectIsDeletedOnlyByWhoKnowsItsContent() {
        VersionTag first = done(store().putIfAbsent(LEDGER, bytes("first")));
        VersionTag second = done(store().putIfMatch(LEDGER, bytes("second"), first));

        DeleteOutcome late = store().deleteIfMatch(LEDGER, first);
        assertThat(late)
                .isInstanceOfSatisfying(
                        DeleteOutcome.Lost.class,
                        lost -> assertThat(textOf(lost.present())).isEqualTo("second"));

        assertThat(store().deleteIfMatch(LEDGER, second)).isEqualTo(new DeleteOutcome.Done());
        assertThat(store().get(LEDGER)).isEqualTo(new GetOutcome.Absent());
        assertThat(store().deleteIfMatch(LEDGER, second)).isEqualTo(new DeleteOutcome.Done());
    }

    @Test
    protected void deletingWhatIsNotThereIsDone() {
        assertThat(store().delete(LEDGER)).isEqualTo(new DeleteOutcome.Done());

        done(store().putIfAbsent(LEDGER, bytes("first")));
        assertThat(store().delete(LEDGER)).isEqualTo(new DeleteOutcome.Done());
        assertThat(store().delete(LEDGER)).isEqualTo(new DeleteOutcome.Done());
        done(store().putIfAbsent(LEDGER, bytes("again")));
    }

    @Test
    protected void equalTagsMeanEqualContent() {
        VersionTag first = done(store().putIfAbsent(LEDGER, bytes("first")));
        VersionTag second = done(store().putIfMatch(LEDGER, bytes("second"), first));

        assertThat(second).isNotEqualTo(first);
    }

    @Test
    protected void aListingShowsDirectChildrenInBytewiseOrder() {
        for (String path :
                List.of("r/b.json", "r/a.json", "r/B/x", "r/B/y", "r/deep/er/x", "r/\u00e9", "r/z", "rs/x", "q")) {
            done(store().putIfAbsent(new ObjectKey(path), bytes(path)));
        }

        assertThat(list(new ObjectKey("r")))
                .isEqualTo(listed(
                        prefix("r/B"),
                        object("r/a.json"),
                        object("r/b.json"),
                        prefix("r/deep"),
                        object("r/z"),
                        object("r/\u00e9")));
        assertThat(list(ObjectKey.ROOT)).isEqualTo(listed(object("q"), prefix("r"), prefix("rs")));
    }

    @Test
    protected void aPrefixIsThereWhileAnObjectIsBelowIt() {
        ObjectKey root = new ObjectKey("graphs/people.omni");
        ObjectKey deep = root.child("nodes/1f/data/0.lance");
        done(store().putIfAbsent(new ObjectKey("graphs/people.omni2/x"), bytes("another graph")));
        assertThat(store().exists(root)).isEqualTo(new PrefixOutcome.Absent());

        done(store().putIfAbsent(deep, bytes("rows")));
        assertThat(store().exists(root)).isEqualTo(new PrefixOutcome.Present());
        assertThat(store().exists(ObjectKey.ROOT)).isEqualTo(new PrefixOutcome.Present());
        assertThat(store().exists(deep)).isEqualTo(new PrefixOutcome.Absent());

        assertThat(store().delete(deep)).isEqualTo(new DeleteOutcome.Done());
        assertThat(store().exists(root)).isEqualTo(new PrefixOutcome.Absent());
        assertThat(list(new ObjectKey("graphs"))).isEqualTo(listed(prefix("graphs/people.omni2")));
    }

    @Test
    protected void namesOfFilesOperatorsHaveAreKeys() {
        for (String name :
                List.of("a b", "100%", "#", "a#b", "a#1b", "?q=1", "\u00fc\u20ac\ud83d\ude00", "a\"b", "-", "a+b&c")) {
            ObjectKey key = new ObjectKey("configurations/" + name);
            done(store().putIfAbsent(key, bytes(name)));
            assertThat(text(key)).isEqualTo(name);
        }
    }

    @Test
    protected void theRootIsNoObject() {
        assertThat(store().putIfAbsent(ObjectKey.ROOT, bytes("x"))).isInstanceOf(PutOutcome.Refused.class);
    }

    @Test
    protected void anObjectHasALargestSize() {
        byte[] largest = new byte[ObjectStore.MAX_OBJECT_BYTES];
        byte[] tooLarge = new byte[ObjectStore.MAX_OBJECT_BYTES + 1];

        assertThat(store().putIfAbsent(LEDGER, tooLarge)).isInstanceOf(PutOutcome.Refused.class);
        assertThat(store().get(LEDGER)).isEqualTo(new GetOutcome.Absent());
        VersionTag tag = done(store().putIfAbsent(LEDGER, largest));
        assertThat(store().putIfMatch(LEDGER, tooLarge, tag)).isInstanceOf(PutOutcome.Refused.class);
        assertThat(found(LEDGER).bytes()).hasSize(ObjectStore.MAX_OBJECT_BYTES);
    }

    @Test
    protected void ofRacingCreatorsExactlyOneIsDone() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            ObjectKey key = new ObjectKey("race/" + round);
            List<PutOutcome> outcomes = race(writer -> store().putIfAbsent(key, bytes("writer " + writer)));

            int winner = indexOfOnlyDone(outcomes);
            assertThat(text(key)).isEqualTo("writer " + winner);
            assertLosersSaw(outcomes, "writer " + winner);
        }
    }

    @Test
    protected void ofRacingReplacementsExactlyOneIsDone() throws Exception {
        VersionTag tag = done(store().putIfAbsent(LEDGER, bytes("start")));
        for (int round = 0; round < rounds(); round++) {
            String prefix = "round " + round + " writer ";
            VersionTag expected = tag;
            List<PutOutcome> outcomes = race(writer -> store().putIfMatch(LEDGER, bytes(prefix + writer), expected));

            int winner = indexOfOnlyDone(outcomes);
            assertThat(text(LEDGER)).isEqualTo(prefix + winner);
            assertLosersSaw(outcomes, prefix + winner);
            tag = found(LEDGER).tag();
        }
    }

    @Test
    protected void aReplacementAndADeletionOfOneContentExcludeEachOther() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            ObjectKey key = new ObjectKey("race/" + round);
            VersionTag tag = done(store().putIfAbsent(key, bytes("old")));
            List<Boolean> won = race(writer -> writer % 2 == 0
                    ? store().putIfMatch(key, bytes("new " + writer), tag) instanceof PutOutcome.Done
                    : store().deleteIfMatch(key, tag) instanceof DeleteOutcome.Done);

            boolean replaced = store().get(key) instanceof GetOutcome.Found;
            long replacements = countEven(won);
            // Deleting what is gone is done too, so every deletion is done once one was.
            assertThat(replacements).isEqualTo(replaced ? 1 : 0);
            assertThat(won.stream().filter(done -> done).count() - replacements).isEqualTo(replaced ? 0 : WRITERS / 2);
        }
    }

    private static long countEven(List<Boolean> won) {
        long count = 0;
        for (int i = 0; i < won.size(); i += 2) {
            count += won.get(i) ? 1 : 0;
        }
        return count;
    }

    private static int indexOfOnlyDone(List<PutOutcome> outcomes) {
        List<Integer> winners = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof PutOutcome.Done) {
                winners.add(i);
            }
        }
        assertThat(winners).as("who is done among %s", outcomes).hasSize(1);
        return winners.get(0);
    }

    private static void assertLosersSaw(List<PutOutcome> outcomes, String content) {
        for (PutOutcome outcome : outcomes) {
            if (!(outcome instanceof PutOutcome.Done)) {
                assertThat(textOf(lost(outcome))).isEqualTo(content);
            }
        }
    }

    private static <T> List<T> race(Racer<T> racer) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(WRITERS);
        ExecutorService executor = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                tasks.add(() -> {
                    barrier.await();
                    return racer.run(writer);
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    @FunctionalInterface
    private interface Racer<T> {
        T run(int writer);
    }

    @Test
    protected void aTreeIsEveryObjectBelowAPrefixInTheOrderOfKeys() {
        for (String path : List.of("graphs/b.omni/z", "graphs/b.omni/a/deep", "graphs/b.omni/a.b", "graphs/bb", "x")) {
            done(store().putIfAbsent(new ObjectKey(path), bytes(path)));
        }

        assertThat(paths("graphs/b.omni"))
                .containsExactly("graphs/b.omni/a.b", "graphs/b.omni/a/deep", "graphs/b.omni/z");
        assertThat(((TreeOutcome.Listed) store().tree(new ObjectKey("graphs"))).bytes())
                .isEqualTo("graphs/b.omni/a.bgraphs/b.omni/a/deepgraphs/b.omni/zgraphs/bb".length());
        assertThat(paths("nothing")).isEmpty();
    }

    @Test
    protected void aStampChangesWithTheContentAndSurvivesAMove() {
        ObjectKey key = new ObjectKey("graphs/g.omni/_schema.pg");
        VersionTag tag = done(store().putIfAbsent(key, bytes("one")));
        String first = stamp("graphs/g.omni");
        done(store().putIfMatch(key, bytes("two"), tag));
        String second = stamp("graphs/g.omni");

        assertThat(second).isNotEqualTo(first);
        MoveOutcome move = store().move(new ObjectKey("graphs/g.omni"), new ObjectKey("trash/1/g.omni"));
        if (move instanceof MoveOutcome.Done) {
            assertThat(stamp("trash/1/g.omni")).isEqualTo(second);
            assertThat(paths("graphs")).isEmpty();
            assertThat(text(new ObjectKey("trash/1/g.omni/_schema.pg"))).isEqualTo("two");
        } else {
            assertThat(move).isEqualTo(new MoveOutcome.Unsupported());
            assertThat(second).isEqualTo(found(key).tag().value());
        }
    }

    @Test
    protected void nothingIsMovedOntoSomething() {
        done(store().putIfAbsent(new ObjectKey("a/one"), bytes("1")));
        done(store().putIfAbsent(new ObjectKey("b/deep/two"), bytes("2")));

        assertThat(store().move(new ObjectKey("a"), new ObjectKey("b")))
                .isIn(new MoveOutcome.Occupied(), new MoveOutcome.Unsupported());
        assertThat(store().move(new ObjectKey("c"), new ObjectKey("d")))
                .isIn(new MoveOutcome.Absent(), new MoveOutcome.Unsupported());
        assertThat(paths("")).containsExactly("a/one", "b/deep/two");
    }

    @Test
    protected void aTreeIsRemovedWithAllThatIsBelowAndNothingElse() {
        for (String path : List.of("t/1/a", "t/1/b/c", "t/10/d")) {
            done(store().putIfAbsent(new ObjectKey(path), bytes(path)));
        }

        assertThat(store().removeTree(new ObjectKey("t/1"), count -> {})).isEqualTo(new RemovalOutcome.Done(2));
        assertThat(store().removeTree(new ObjectKey("t/1"), count -> {})).isEqualTo(new RemovalOutcome.Done(0));
        assertThat(paths("t")).containsExactly("t/10/d");
        assertThat(store().exists(new ObjectKey("t/1"))).isEqualTo(new PrefixOutcome.Absent());
    }

    private List<String> paths(String prefix) {
        return entries(prefix).stream().map(entry -> entry.key().path()).toList();
    }

    private String stamp(String prefix) {
        return entries(prefix).get(0).stamp();
    }

    private List<TreeOutcome.Entry> entries(String prefix) {
        TreeOutcome outcome = store().tree(new ObjectKey(prefix));
        assertThat(outcome).isInstanceOf(TreeOutcome.Listed.class);
        return ((TreeOutcome.Listed) outcome).entries();
    }

    private StoredObject found(ObjectKey key) {
        GetOutcome outcome = store().get(key);
        assertThat(outcome).isInstanceOf(GetOutcome.Found.class);
        return ((GetOutcome.Found) outcome).object();
    }

    private String text(ObjectKey key) {
        return found(key).text().orElseThrow();
    }

    private static VersionTag done(PutOutcome outcome) {
        assertThat(outcome).isInstanceOf(PutOutcome.Done.class);
        return ((PutOutcome.Done) outcome).tag();
    }

    private static GetOutcome lost(PutOutcome outcome) {
        assertThat(outcome).isInstanceOf(PutOutcome.Lost.class);
        return ((PutOutcome.Lost) outcome).present();
    }

    private static String textOf(GetOutcome outcome) {
        assertThat(outcome).isInstanceOf(GetOutcome.Found.class);
        return ((GetOutcome.Found) outcome).object().text().orElseThrow();
    }

    /** A listing without its tags; one that is said is the tag that reading gives. */
    private ListOutcome list(ObjectKey prefix) {
        if (!(store().list(prefix) instanceof ListOutcome.Listed listed)) {
            return store().list(prefix);
        }
        for (ListOutcome.Entry entry : listed.entries()) {
            entry.tag()
                    .ifPresent(tag -> assertThat(((GetOutcome.Found) store().get(entry.key()))
                                    .object()
                                    .tag())
                            .isEqualTo(tag));
        }
        return new ListOutcome.Listed(listed.entries().stream()
                .map(entry -> new ListOutcome.Entry(entry.key(), entry.kind()))
                .toList());
    }

    private static ListOutcome listed(ListOutcome.Entry... entries) {
        return new ListOutcome.Listed(List.of(entries));
    }

    private static ListOutcome.Entry object(String path) {
        return new ListOutcome.Entry(new ObjectKey(path), ListOutcome.Kind.OBJECT);
    }

    private static ListOutcome.Entry prefix(String path) {
        return new ListOutcome.Entry(new ObjectKey(path), ListOutcome.Kind.PREFIX);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
