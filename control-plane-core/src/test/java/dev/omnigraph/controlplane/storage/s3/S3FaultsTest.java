package dev.omnigraph.controlplane.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.RemovalOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.TreeOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import dev.omnigraph.controlplane.storage.s3.S3Settings.DeleteMode;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call of a store in a bucket under everything that can go wrong with a request: a typed answer, no wrong success. */
class S3FaultsTest {

    private static final ObjectKey KEY = new ObjectKey("__cluster/state.json");
    private static final ObjectKey FOLDER = new ObjectKey("__cluster");
    private static final byte[] OLD = "old".getBytes(UTF_8);
    private static final byte[] NEW = "new".getBytes(UTF_8);
    private static final byte[] THEIRS = "theirs".getBytes(UTF_8);
    private static final int ATTEMPTS = 7;

    private final EmbeddedS3 server = new EmbeddedS3();
    private final StorageRoot.Bucket root = TestBucket.freshRoot();
    private final String name = root.prefix() + "/" + KEY;
    private S3ObjectStore store;

    @BeforeEach
    void openAStoreThatDoesNotWait() {
        store = open(DeleteMode.CONDITIONAL, pause -> {});
    }

    @AfterEach
    void close() {
        store.close();
        server.close();
    }

    private S3ObjectStore open(DeleteMode deletes, Pause pause) {
        return TestBucket.open(
                server,
                root,
                TestBucket.settings(server, deletes, TestBucket.IMPATIENT),
                pause,
                ObjectStore.MAX_ENTRIES);
    }

    /** Faults that come once are settled, whether or not the disturbed request was carried out. */
    @ParameterizedTest
    @EnumSource(ServerFault.class)
    void oneFaultIsGotOver(ServerFault fault) {
        assertThat(once(fault, () -> store.get(KEY))).isEqualTo(new GetOutcome.Absent());
        assertThat(once(fault, () -> store.putIfMatch(KEY, NEW, new VersionTag("0"))))
                .isNotInstanceOf(PutOutcome.Done.class);
        assertThat(once(fault, () -> store.deleteIfMatch(KEY, new VersionTag("0"))))
                .isEqualTo(new DeleteOutcome.Done());
        assertThat(once(fault, () -> store.exists(FOLDER))).isEqualTo(new PrefixOutcome.Absent());
        VersionTag created = done(once(fault, () -> store.putIfAbsent(KEY, OLD)));
        assertThat(content()).isEqualTo("old");
        VersionTag replaced = done(once(fault, () -> store.putIfMatch(KEY, NEW, created)));
        assertThat(content()).isEqualTo("new");

        assertThat(text(once(fault, () -> store.get(KEY)))).isEqualTo("new");
        assertThat(once(fault, () -> store.list(FOLDER)))
                .isEqualTo(new ListOutcome.Listed(
                        List.of(new ListOutcome.Entry(KEY, ListOutcome.Kind.OBJECT, Optional.of(replaced)))));
        assertThat(once(fault, () -> store.exists(FOLDER))).isEqualTo(new PrefixOutcome.Present());
        assertThat(once(fault, () -> store.tree(FOLDER))).isInstanceOf(TreeOutcome.Listed.class);
        assertThat(lost(once(fault, () -> store.putIfAbsent(KEY, THEIRS)), fault))
                .isTrue();

        assertThat(once(fault, () -> store.deleteIfMatch(KEY, replaced))).isEqualTo(new DeleteOutcome.Done());
        assertThat(once(fault, () -> store.get(KEY))).isEqualTo(new GetOutcome.Absent());
        done(store.putIfAbsent(KEY, OLD));
        assertThat(once(fault, () -> store.delete(KEY))).isEqualTo(new DeleteOutcome.Done());
        assertThat(store.get(KEY)).isEqualTo(new GetOutcome.Absent());
        done(store.putIfAbsent(KEY, OLD));
        assertThat(once(fault, () -> store.removeTree(FOLDER, count -> {}))).isInstanceOf(RemovalOutcome.Done.class);
        assertThat(store.exists(FOLDER)).isEqualTo(new PrefixOutcome.Absent());
    }

    /** Where nothing but faults comes, every call ends, says that it does not know, and claims nothing. */
    @ParameterizedTest
    @EnumSource(
            value = ServerFault.class,
            names = {"ERROR_BEFORE", "ERROR_AFTER", "REQUEST_LOST", "ANSWER_LOST", "CONFLICT", "SLOW_DOWN", "LANDS_LATE"
            })
    void faultsWithoutEndAreUnknown(ServerFault fault) {
        VersionTag tag = done(store.putIfAbsent(KEY, OLD));
        ObjectKey other = new ObjectKey("__cluster/lock.json");
        server.disturb((method, key) -> fault);

        assertThat(store.putIfAbsent(other, NEW)).isInstanceOf(PutOutcome.Unknown.class);
        assertThat(store.putIfMatch(KEY, NEW, tag)).isInstanceOf(PutOutcome.Unknown.class);
        assertThat(store.get(KEY)).isInstanceOf(GetOutcome.Unknown.class);
        assertThat(store.list(FOLDER)).isInstanceOf(ListOutcome.Unknown.class);
        assertThat(store.exists(FOLDER)).isInstanceOf(PrefixOutcome.Unknown.class);
        assertThat(store.tree(FOLDER)).isInstanceOf(TreeOutcome.Unknown.class);
        assertThat(store.removeTree(new ObjectKey("graphs"), count -> {}))
                .isInstanceOf(RemovalOutcome.Incomplete.class);
        assertThat(store.deleteIfMatch(other, tag)).isInstanceOf(DeleteOutcome.Unknown.class);

        server.disturb((method, key) -> ServerFault.NONE);
        server.landLateRequests();
        assertThat(content()).isIn("old", "new");
    }

    /** Neither the SDK nor its HTTP client sends anything a second time behind our back. */
    @ParameterizedTest
    @EnumSource(
            value = ServerFault.class,
            names = {"ERROR_BEFORE", "SLOW_DOWN", "REQUEST_LOST"})
    void aRequestIsSentAsOftenAsItIsMeantTo(ServerFault fault) {
        server.disturb((method, key) -> fault);
        long before = server.requests();

        store.putIfAbsent(KEY, NEW);

        assertThat(server.requests() - before).isEqualTo(ATTEMPTS);
    }

    @Test
    void aLateRequestKeepsItsCondition() {
        done(once(ServerFault.LANDS_LATE, () -> store.putIfAbsent(KEY, OLD)));
        VersionTag old = tag();
        server.landLateRequests();
        assertThat(tag()).isEqualTo(old);

        done(once(ServerFault.LANDS_LATE, () -> store.putIfMatch(KEY, NEW, old)));
        done(store.putIfMatch(KEY, THEIRS, tag()));
        server.landLateRequests();
        assertThat(content()).isEqualTo("theirs");

        VersionTag theirs = tag();
        assertThat(once(ServerFault.LANDS_LATE, () -> store.deleteIfMatch(KEY, theirs)))
                .isEqualTo(new DeleteOutcome.Done());
        done(store.putIfAbsent(KEY, NEW));
        server.landLateRequests();
        assertThat(content()).isEqualTo("new");
    }

    /** Another writer with the very same bytes is another writer. */
    @Test
    void ourWriteIsNotToldByItsBytes() {
        onFirst("PUT", ServerFault.ERROR_BEFORE, () -> server.put(name, NEW));

        assertThat(store.putIfAbsent(KEY, NEW)).isInstanceOf(PutOutcome.Unknown.class);
    }

    /** Ours landed, its answer was lost, and somebody replaced it since: it would be wrong to say that nothing was written. */
    @Test
    void whatWasReplacedSinceIsNotLost() {
        VersionTag old = done(store.putIfAbsent(KEY, OLD));
        AtomicInteger puts = new AtomicInteger();
        server.disturb((method, key) -> {
            if (!method.equals("PUT") || puts.incrementAndGet() == 1) {
                return method.equals("PUT") ? ServerFault.ERROR_AFTER : ServerFault.NONE;
            }
            server.put(name, THEIRS);
            return ServerFault.NONE;
        });

        assertThat(store.putIfMatch(KEY, NEW, old)).isInstanceOf(PutOutcome.Unknown.class);
        assertThat(content()).isEqualTo("theirs");
    }

    @Test
    void aConflictLeavesNoDoubt() {
        onFirst("PUT", ServerFault.CONFLICT, () -> server.put(name, THEIRS));

        assertThat(store.putIfAbsent(KEY, NEW)).isInstanceOf(PutOutcome.Lost.class);
    }

    @ParameterizedTest
    @EnumSource(DeleteMode.class)
    void aDeletionInDoubtIsNotLost(DeleteMode mode) {
        VersionTag old = done(store.putIfAbsent(KEY, OLD));
        AtomicInteger deletions = new AtomicInteger();
        server.disturb((method, key) -> method.equals("DELETE") && deletions.incrementAndGet() == 1
                ? ServerFault.ERROR_AFTER
                : ServerFault.NONE);
        try (S3ObjectStore other = open(mode, pause -> server.put(name, THEIRS))) {
            assertThat(other.deleteIfMatch(KEY, old)).isInstanceOf(DeleteOutcome.Unknown.class);
        }
        assertThat(content()).isEqualTo("theirs");
    }

    @Test
    void comparedDeletionsKeepTheirConditionAmongThoseWhoWait() {
        try (S3ObjectStore comparing = open(DeleteMode.COMPARED, pause -> {})) {
            VersionTag old = done(comparing.putIfAbsent(KEY, OLD));
            VersionTag present = done(comparing.putIfMatch(KEY, NEW, old));

            assertThat(comparing.deleteIfMatch(KEY, old)).isInstanceOf(DeleteOutcome.Lost.class);
            assertThat(content()).isEqualTo("new");
            assertThat(comparing.deleteIfMatch(KEY, present)).isEqualTo(new DeleteOutcome.Done());
            assertThat(comparing.deleteIfMatch(KEY, present)).isEqualTo(new DeleteOutcome.Done());
        }
    }

    @Test
    void whoIsToldToStopDoesNotGoOnTrying() {
        try (S3ObjectStore patient = open(DeleteMode.CONDITIONAL, Pause.REAL)) {
            server.disturb((method, key) -> ServerFault.SLOW_DOWN);
            Thread.currentThread().interrupt();

            assertThat(patient.putIfAbsent(KEY, NEW)).isInstanceOf(PutOutcome.Unknown.class);
            assertThat(Thread.interrupted()).as("still told to stop").isTrue();
        }
    }

    @Test
    void wrongCredentialsAreARefusal() {
        S3Server stranger = new Stranger(server);
        try (S3ObjectStore unknown = TestBucket.open(stranger, root)) {
            assertThat(unknown.putIfAbsent(KEY, NEW)).isInstanceOf(PutOutcome.Refused.class);
            assertThat(unknown.get(KEY)).isInstanceOf(GetOutcome.Unusable.class);
            assertThat(unknown.list(FOLDER)).isInstanceOf(ListOutcome.Unknown.class);
            assertThat(unknown.exists(FOLDER)).isInstanceOf(PrefixOutcome.Unknown.class);
            assertThat(unknown.delete(KEY)).isInstanceOf(DeleteOutcome.Refused.class);
            assertThat(unknown.removeTree(FOLDER, count -> {})).isInstanceOf(RemovalOutcome.Incomplete.class);
        }
    }

    @Test
    void temporaryCredentialsCarryTheirToken() {
        server.requireSessionToken("of-this-hour");
        try (S3ObjectStore temporary = TestBucket.open(server, root)) {
            VersionTag tag = done(temporary.putIfAbsent(KEY, OLD));
            assertThat(text(temporary.get(KEY))).isEqualTo("old");
            assertThat(temporary.deleteIfMatch(KEY, tag)).isEqualTo(new DeleteOutcome.Done());
        }
        assertThat(store.putIfAbsent(KEY, NEW)).as("without a token").isInstanceOf(PutOutcome.Refused.class);
    }

    /** Consoles show folders by objects whose names end in a slash. */
    @Test
    void markersOfFoldersAreNoObjects() {
        server.put(root.prefix() + "/graphs/", new byte[0]);
        server.put(root.prefix() + "/graphs/people.omni/data/", new byte[0]);
        done(store.putIfAbsent(new ObjectKey("graphs/people.omni/_schema.pg"), NEW));

        assertThat(store.list(new ObjectKey("graphs")))
                .isEqualTo(new ListOutcome.Listed(
                        List.of(new ListOutcome.Entry(new ObjectKey("graphs/people.omni"), ListOutcome.Kind.PREFIX))));
        assertThat(((TreeOutcome.Listed) store.tree(new ObjectKey("graphs"))).entries())
                .hasSize(1);
        store.removeTree(new ObjectKey("graphs/people.omni"), count -> {});
        assertThat(store.exists(new ObjectKey("graphs"))).isEqualTo(new PrefixOutcome.Absent());
    }

    static Stream<String> namesThatAreNoKeys() {
        return Stream.of("graphs//x", "graphs/./x", "graphs/../x");
    }

    @ParameterizedTest
    @MethodSource("namesThatAreNoKeys")
    void aNameThatIsNoKeyIsNotPassedOver(String path) {
        server.put(root.prefix() + "/" + path, NEW);

        assertThat(store.tree(new ObjectKey("graphs")))
                .isInstanceOfSatisfying(
                        TreeOutcome.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains(path));
        assertThat(store.list(new ObjectKey("graphs"))).isInstanceOf(ListOutcome.Unknown.class);
        assertThat(store.exists(new ObjectKey("graphs"))).isEqualTo(new PrefixOutcome.Present());
    }

    @Test
    void anObjectOfAnotherProgramMayBeTooLarge() {
        server.put(name, new byte[ObjectStore.MAX_OBJECT_BYTES + 1]);

        assertThat(store.get(KEY)).isInstanceOf(GetOutcome.Unusable.class);
    }

    /** A server whose keys are not the ones that a caller uses. */
    private record Stranger(S3Server known) implements S3Server {

        @Override
        public URI endpoint() {
            return known.endpoint();
        }

        @Override
        public String accessKey() {
            return known.accessKey();
        }

        @Override
        public String secretKey() {
            return "wrong";
        }
    }

    private void onFirst(String disturbedMethod, ServerFault fault, Runnable meanwhile) {
        AtomicInteger seen = new AtomicInteger();
        server.disturb((method, key) -> {
            if (method.equals(disturbedMethod) && seen.incrementAndGet() == 1) {
                meanwhile.run();
                return fault;
            }
            return ServerFault.NONE;
        });
    }

    private <T> T once(ServerFault fault, Supplier<T> call) {
        AtomicInteger seen = new AtomicInteger();
        server.disturb((method, key) -> seen.incrementAndGet() == 1 ? fault : ServerFault.NONE);
        T outcome = call.get();
        server.disturb((method, key) -> ServerFault.NONE);
        return outcome;
    }

    /** After a first request without a clear answer nobody can say that it was not carried out in between. */
    private static boolean lost(PutOutcome outcome, ServerFault fault) {
        boolean clear = Arrays.asList(ServerFault.NONE, ServerFault.CONFLICT, ServerFault.CUT_ANSWER)
                .contains(fault);
        return outcome instanceof PutOutcome.Lost || (!clear && outcome instanceof PutOutcome.Unknown);
    }

    private VersionTag tag() {
        return ((GetOutcome.Found) store.get(KEY)).object().tag();
    }

    private String content() {
        return text(store.get(KEY));
    }

    private static String text(GetOutcome outcome) {
        assertThat(outcome).isInstanceOf(GetOutcome.Found.class);
        return ((GetOutcome.Found) outcome).object().text().orElseThrow();
    }

    private static VersionTag done(PutOutcome outcome) {
        assertThat(outcome).isInstanceOf(PutOutcome.Done.class);
        return ((PutOutcome.Done) outcome).tag();
    }
}
