package dev.omnigraph.controlplane.storage.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.ObjectStoreContract;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.RemovalOutcome;
import dev.omnigraph.controlplane.storage.TreeOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderObjectStoreTest extends ObjectStoreContract {

    private static final ObjectKey LEDGER = new ObjectKey("__cluster/state.json");
    private static final byte[] NEW = "new".getBytes(UTF_8);
    private static final VersionTag ANY = new VersionTag("of nothing");

    @TempDir
    private Path temporary;

    private Path root;
    private FolderObjectStore store;

    @BeforeEach
    void chooseARoot() {
        root = temporary.resolve("not/yet/there");
        store = new FolderObjectStore(root);
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Test
    void anObjectIsAFileOfItsName() throws IOException {
        PutOutcome outcome = store.putIfAbsent(LEDGER, NEW);

        assertThat(Files.readAllBytes(root.resolve("__cluster/state.json"))).isEqualTo(NEW);
        assertThat(namesIn(root.resolve("__cluster"))).containsExactly("state.json");
        // printf new | sha256sum
        assertThat(outcome)
                .isEqualTo(new PutOutcome.Done(
                        new VersionTag("11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437")));
        assertThat(store.location()).isEqualTo(root.toString());
    }

    @Test
    void readingMakesNothing() {
        store.get(LEDGER);
        store.list(ObjectKey.ROOT);
        store.exists(ObjectKey.ROOT);
        store.delete(LEDGER);
        store.deleteIfMatch(LEDGER, ANY);
        store.putIfMatch(LEDGER, NEW, ANY);

        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aRemovalFollowsNoLinkAndTakesStagingFilesAndEmptyFoldersToo() throws IOException {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        Files.writeString(outside.resolve("kept"), "kept");
        Path graph =
                Files.createDirectories(root.resolve("graphs/g.omni/empty")).getParent();
        Files.createSymbolicLink(graph.resolve("link"), outside);
        Files.writeString(graph.resolve("_schema.pg#7"), "unfinished");

        RemovalOutcome outcome = store.removeTree(new ObjectKey("graphs/g.omni"), count -> {});

        assertThat(outcome).isEqualTo(new RemovalOutcome.Done(2));
        assertThat(graph).doesNotExist();
        assertThat(outside.resolve("kept")).exists();
    }

    @Test
    void whatOneRemovalLeavesTheNextOnesTake() throws IOException {
        for (int i = 0; i < 5; i++) {
            store.putIfAbsent(new ObjectKey("t/" + i), NEW);
        }
        FolderObjectStore hasty = new FolderObjectStore(root, patience(1), () -> 7, 2);

        assertThat(hasty.removeTree(new ObjectKey("t"), count -> {}))
                .isInstanceOfSatisfying(RemovalOutcome.Incomplete.class, left -> {
                    assertThat(left.removed()).isEqualTo(2);
                    assertThat(left.reason()).contains("at most 2 files");
                });
        assertThat(hasty.tree(new ObjectKey("t"))).isInstanceOf(TreeOutcome.Unknown.class);
        hasty.removeTree(new ObjectKey("t"), count -> {});
        assertThat(hasty.removeTree(new ObjectKey("t"), count -> {})).isEqualTo(new RemovalOutcome.Done(1));
    }

    @Test
    void theRootItselfIsNeverRemoved() {
        store.putIfAbsent(LEDGER, NEW);

        assertThat(store.removeTree(ObjectKey.ROOT, count -> {})).isInstanceOf(RemovalOutcome.Incomplete.class);
        assertThat(store.get(LEDGER)).isInstanceOf(GetOutcome.Found.class);
    }

    @Test
    void aRelativeRootIsRefused() {
        assertThatThrownBy(() -> new FolderObjectStore(Path.of("cluster")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a#b", "what?", "50%25", "#1", "\u00fc \u20ac"})
    void anyAbsolutePathIsARoot(String name) {
        FolderObjectStore odd = new FolderObjectStore(temporary.resolve(name));

        VersionTag tag = done(odd.putIfAbsent(LEDGER, NEW));
        tag = done(odd.putIfMatch(LEDGER, "newer".getBytes(UTF_8), tag));

        assertThat(odd.list(new ObjectKey("__cluster"))).isEqualTo(listed(object(LEDGER)));
        assertThat(odd.deleteIfMatch(LEDGER, tag)).isEqualTo(new DeleteOutcome.Done());
    }

    @Test
    void emptyFoldersAreNothing() throws IOException {
        Files.createDirectories(root.resolve("graphs/people.omni/nodes/deep"));
        Files.createDirectories(root.resolve("graphs/projects.omni"));

        assertThat(store.exists(new ObjectKey("graphs"))).isEqualTo(new PrefixOutcome.Absent());
        assertThat(store.list(new ObjectKey("graphs"))).isEqualTo(listed());
    }

    @Test
    void unfinishedWritesAreHidden() throws IOException {
        done(store.putIfAbsent(LEDGER, NEW));
        write("__cluster/state.json#7", "half");
        write("graphs/people.omni/_schema.pg#123", "half");

        assertThat(store.list(new ObjectKey("__cluster"))).isEqualTo(listed(object(LEDGER)));
        assertThat(store.list(new ObjectKey("graphs"))).isEqualTo(listed());
        assertThat(store.exists(new ObjectKey("graphs"))).isEqualTo(new PrefixOutcome.Absent());
        assertThat(store.get(new ObjectKey("__cluster/state.json#7"))).isEqualTo(new GetOutcome.Absent());
        assertThat(store.delete(new ObjectKey("__cluster/state.json#7"))).isEqualTo(new DeleteOutcome.Done());
        assertThat(namesIn(root.resolve("__cluster"))).contains("state.json#7");
        assertThat(reason(store.putIfAbsent(new ObjectKey("a#1"), NEW))).contains("a#1");
    }

    @Test
    void theLockFileIsHidden() throws IOException {
        replaceOnce(store);

        assertThat(namesIn(root.resolve("__control"))).hasSize(1);
        assertThat(store.list(new ObjectKey("__control"))).isEqualTo(listed());
    }

    @Test
    void aFolderInPlaceOfAnObjectIsInTheWay() throws IOException {
        Files.createDirectories(root.resolve("__cluster/state.json"));

        assertThat(store.get(LEDGER))
                .isInstanceOfSatisfying(
                        GetOutcome.Unusable.class,
                        unusable -> assertThat(unusable.reason()).contains(root + "/__cluster/state.json"));
        assertThat(store.putIfAbsent(LEDGER, NEW))
                .isInstanceOfSatisfying(
                        PutOutcome.Lost.class,
                        lost -> assertThat(lost.present()).isInstanceOf(GetOutcome.Unusable.class));
        assertThat(store.putIfMatch(LEDGER, NEW, ANY)).isInstanceOf(PutOutcome.Refused.class);
        assertThat(store.delete(LEDGER)).isInstanceOf(DeleteOutcome.Refused.class);
        assertThat(store.deleteIfMatch(LEDGER, ANY)).isInstanceOf(DeleteOutcome.Refused.class);
        assertThat(root.resolve("__cluster/state.json")).isEmptyDirectory();
    }

    @Test
    void aFileInPlaceOfAFolderHasNothingBelowIt() throws IOException {
        write("__cluster", "a file");

        assertThat(store.get(LEDGER)).isEqualTo(new GetOutcome.Absent());
        assertThat(store.list(new ObjectKey("__cluster"))).isEqualTo(listed());
        assertThat(store.exists(new ObjectKey("__cluster/deeper"))).isEqualTo(new PrefixOutcome.Absent());
        assertThat(reason(store.putIfAbsent(LEDGER, NEW))).contains("/__cluster: this is no folder");
        assertThat(store.delete(LEDGER)).isEqualTo(new DeleteOutcome.Done());
    }

    /** The tests may run as root, whom no permission stops; what stops root too is a file system without new files. */
    @Test
    void whatTheSystemForbidsIsRefused() {
        FolderObjectStore forbidden = new FolderObjectStore(Path.of("/proc/omnigraph"));

        assertThat(reason(forbidden.putIfAbsent(LEDGER, NEW))).contains("/proc/omnigraph: ");
        assertThat(forbidden.get(LEDGER)).isEqualTo(new GetOutcome.Absent());
    }

    @Test
    void aLinkInPlaceOfAnObjectIsNotFollowed() throws IOException {
        Path secret = Files.writeString(temporary.resolve("secret"), "secret");
        Files.createDirectories(root.resolve("__cluster"));
        Path link = Files.createSymbolicLink(root.resolve("__cluster/state.json"), secret);

        assertThat(store.get(LEDGER)).isInstanceOf(GetOutcome.Unusable.class);
        assertThat(store.list(new ObjectKey("__cluster"))).isEqualTo(listed(object(LEDGER)));
        assertThat(store.putIfAbsent(LEDGER, NEW)).isInstanceOf(PutOutcome.Lost.class);
        assertThat(store.putIfMatch(LEDGER, NEW, ANY)).isInstanceOf(PutOutcome.Refused.class);
        assertThat(store.deleteIfMatch(LEDGER, ANY)).isInstanceOf(DeleteOutcome.Refused.class);
        assertThat(link).isSymbolicLink();

        assertThat(store.delete(LEDGER)).isEqualTo(new DeleteOutcome.Done());
        assertThat(secret).hasContent("secret");
        assertThat(Files.isSymbolicLink(link)).isFalse();
    }

    @Test
    void aLinkInPlaceOfAFolderIsNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectories(temporary.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("state.json"), "theirs");
        Files.createDirectories(root);
        Files.createSymbolicLink(root.resolve("__cluster"), elsewhere);

        assertThat(store.get(LEDGER)).isInstanceOf(GetOutcome.Unusable.class);
        assertThat(store.list(new ObjectKey("__cluster"))).isInstanceOf(ListOutcome.Unknown.class);
        assertThat(store.exists(new ObjectKey("__cluster"))).isInstanceOf(PrefixOutcome.Unknown.class);
        assertThat(reason(store.putIfAbsent(new ObjectKey("__cluster/new"), NEW)))
                .contains("symbolic link");
        assertThat(store.delete(LEDGER)).isInstanceOf(DeleteOutcome.Refused.class);
        assertThat(namesIn(elsewhere)).containsExactly("state.json");
        // It stands there, so it is no empty folder.
        assertThat(store.exists(ObjectKey.ROOT)).isEqualTo(new PrefixOutcome.Present());
    }

    @Test
    void theRootItselfMayBeALink() throws IOException {
        Path real = Files.createDirectories(temporary.resolve("real"));
        FolderObjectStore linked = new FolderObjectStore(Files.createSymbolicLink(temporary.resolve("link"), real));

        replaceOnce(linked);

        assertThat(new FolderObjectStore(real).get(LEDGER)).isInstanceOf(GetOutcome.Found.class);
    }

    @Test
    void aPipeIsNotOpened() throws Exception {
        Files.createDirectories(root.resolve("__cluster"));
        run("mkfifo", root.resolve("__cluster/state.json").toString());

        assertThat(store.get(LEDGER)).isInstanceOf(GetOutcome.Unusable.class);
    }

    @Test
    void aFileLargerThanAnyObjectIsUnusable() throws IOException {
        write("__cluster/state.json", "");
        try (RandomAccessFile file =
                new RandomAccessFile(root.resolve("__cluster/state.json").toFile(), "rw")) {
            file.setLength(ObjectStore.MAX_OBJECT_BYTES + 1L);
        }

        assertThat(store.get(LEDGER)).isInstanceOf(GetOutcome.Unusable.class);
    }

    @Test
    void aNameThatIsNoTextMakesTheListingUnknown() throws Exception {
        Files.createDirectories(root);
        run("sh", "-c", "touch \"$1/$(printf 'a\\377')\"", "sh", root.toString());

        assertThat(store.list(ObjectKey.ROOT)).isInstanceOf(ListOutcome.Unknown.class);
        assertThat(store.exists(ObjectKey.ROOT)).isEqualTo(new PrefixOutcome.Present());
    }

    @Test
    void aNameTooLongForAKeyMakesTheListingUnknown() throws IOException {
        ObjectKey deep = new ObjectKey(
                String.join("/", List.of("a".repeat(250), "b".repeat(250), "c".repeat(250), "d".repeat(200))));
        write(deep.child("e").path(), "fits");
        assertThat(store.list(deep)).isEqualTo(listed(object(deep.child("e"))));

        write(deep.path() + "/" + "f".repeat(100), "does not");
        assertThat(store.list(deep)).isInstanceOf(ListOutcome.Unknown.class);
    }

    @Test
    void aNameTooLongForTheFileSystemIsRefused() {
        ObjectKey tooLong = new ObjectKey("a".repeat(256));

        assertThat(store.putIfAbsent(tooLong, NEW)).isInstanceOf(PutOutcome.Refused.class);
    }

    @Test
    void aScanHasALimit() throws IOException {
        FolderObjectStore small = new FolderObjectStore(root, patience(1), RandomGenerator.getDefault(), 3);
        ObjectKey prefix = new ObjectKey("graphs");
        Files.createDirectories(root.resolve("graphs/empty"));
        write("graphs/people.omni/_schema.pg", "");
        assertThat(small.list(prefix)).isInstanceOf(ListOutcome.Listed.class);

        write("graphs/fourth", "");
        assertThat(small.list(prefix))
                .isInstanceOfSatisfying(
                        ListOutcome.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains("more than 3 entries"));

        Files.createDirectories(root.resolve("nothing/a/b/c"));
        assertThat(small.exists(new ObjectKey("nothing"))).isEqualTo(new PrefixOutcome.Absent());
        Files.createDirectories(root.resolve("nothing/d"));
        assertThat(small.exists(new ObjectKey("nothing"))).isInstanceOf(PrefixOutcome.Unknown.class);
    }

    /** However many folders lie in one, the first object in any of them tells that something lies there. */
    @Test
    void aLookForOneObjectEndsAtTheFirst() throws IOException {
        FolderObjectStore small = new FolderObjectStore(root, patience(1), RandomGenerator.getDefault(), 3);
        for (int folder = 0; folder < 10; folder++) {
            write("wide/" + folder + "/object", "");
        }

        assertThat(small.exists(new ObjectKey("wide"))).isEqualTo(new PrefixOutcome.Present());
        assertThat(small.list(ObjectKey.ROOT)).isInstanceOf(ListOutcome.Listed.class);
    }

    @Test
    void stagingNamesThatAreTakenAreLeftAlone() throws IOException {
        FolderObjectStore unlucky = new FolderObjectStore(root, patience(1), () -> 7, ObjectStore.MAX_ENTRIES);
        write("__cluster/state.json#7", "another writer's");

        assertThat(unlucky.putIfAbsent(LEDGER, NEW)).isInstanceOf(PutOutcome.Refused.class);
        assertThat(root.resolve("__cluster/state.json#7")).hasContent("another writer's");
    }

    @Test
    void aFailedWriteLeavesNothingBehind() throws IOException {
        VersionTag tag = done(store.putIfAbsent(LEDGER, NEW));
        write("__control", "in the way of the lock");

        assertThat(reason(store.putIfMatch(LEDGER, "newer".getBytes(UTF_8), tag)))
                .contains("/__control");
        assertThat(store.delete(LEDGER)).isInstanceOf(DeleteOutcome.Refused.class);
        assertThat(namesIn(root.resolve("__cluster"))).containsExactly("state.json");
        assertThat(root.resolve("__cluster/state.json")).hasContent("new");
    }

    @Test
    void whatTheEnginesOwnToolWritesMeanwhileIsNotOverwritten() throws IOException {
        VersionTag tag = done(store.putIfAbsent(LEDGER, NEW));
        RandomGenerator whileStaging = () -> {
            write("__cluster/state.json", "the tool's");
            return 1;
        };
        FolderObjectStore slow = new FolderObjectStore(root, patience(1), whileStaging, ObjectStore.MAX_ENTRIES);

        assertThat(slow.putIfMatch(LEDGER, "ours".getBytes(UTF_8), tag)).isInstanceOf(PutOutcome.Lost.class);
        assertThat(root.resolve("__cluster/state.json")).hasContent("the tool's");
    }

    static FolderLock.Patience patience(int attempts) {
        return new FolderLock.Patience(attempts, duration -> Thread.onSpinWait());
    }

    private static void replaceOnce(ObjectStore store) {
        VersionTag tag = done(store.putIfAbsent(LEDGER, NEW));
        done(store.putIfMatch(LEDGER, "newer".getBytes(UTF_8), tag));
    }

    private void write(String path, String content) {
        try {
            Files.createDirectories(root.resolve(path).getParent());
            Files.writeString(root.resolve(path), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static VersionTag done(PutOutcome outcome) {
        assertThat(outcome).isInstanceOf(PutOutcome.Done.class);
        return ((PutOutcome.Done) outcome).tag();
    }

    private static String reason(PutOutcome outcome) {
        assertThat(outcome).isInstanceOf(PutOutcome.Refused.class);
        return ((PutOutcome.Refused) outcome).reason();
    }

    private static ListOutcome listed(ListOutcome.Entry... entries) {
        return new ListOutcome.Listed(List.of(entries));
    }

    private static ListOutcome.Entry object(ObjectKey key) {
        return new ListOutcome.Entry(key, ListOutcome.Kind.OBJECT);
    }
}
