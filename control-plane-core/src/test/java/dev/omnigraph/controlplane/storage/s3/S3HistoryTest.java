package dev.omnigraph.controlplane.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.testing.ChildJvm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A history of two thousand operations of several processes under faults is one that a single machine could have had.
 *
 * <p>Every value is written at most once, and every write says which value it replaces. So the order of the writes can be
 * read off the last value backwards, and the history is linearizable exactly where that order holds every successful write
 * and no lost one, and contradicts neither the times of the writes nor those of the reads.
 */
class S3HistoryTest {

    private static final String FIRST_VALUE = "first";
    private static final int PROCESSES = 3;
    /** Of each thread; a round takes or fails to take the lock, reads and swaps. */
    private static final int ROUNDS = 75;

    private static final int FAULTS_IN_HUNDRED = 20;
    private static final ServerFault[] FAULTS = {
        ServerFault.ERROR_BEFORE,
        ServerFault.ERROR_AFTER,
        ServerFault.REQUEST_LOST,
        ServerFault.ANSWER_LOST,
        ServerFault.CONFLICT,
        ServerFault.SLOW_DOWN,
        ServerFault.CUT_ANSWER
    };

    private final List<Hold> holds = new ArrayList<>();
    private final Map<String, Swap> swaps = new HashMap<>();

    /** A time in which somebody was sure to have the lock. */
    private record Hold(long from, long until) {}

    /** A read of one value, which ended when the attempt began to replace it by another. */
    private record Swap(long readFrom, long from, long until, String replaced, String written, String outcome) {

        boolean isDone() {
            return outcome.equals("Done");
        }
    }

    @Test
    void aHistoryUnderFaultsIsLinearizable() {
        StorageRoot.Bucket root = TestBucket.freshRoot();
        String last;
        try (EmbeddedS3 server = new EmbeddedS3();
                S3ObjectStore quiet = TestBucket.open(server, root)) {
            assertThat(quiet.putIfAbsent(HistoryProcess.REGISTER, FIRST_VALUE.getBytes(UTF_8)))
                    .isInstanceOf(PutOutcome.Done.class);
            disturb(server);
            record(server, root);
            server.disturb((method, key) -> ServerFault.NONE);
            last = ((GetOutcome.Found) quiet.get(HistoryProcess.REGISTER))
                    .object()
                    .text()
                    .orElseThrow();
            assertThat(quiet.get(HistoryProcess.LOCK)).isEqualTo(new GetOutcome.Absent());
        }

        assertThat(swaps).hasSize(PROCESSES * HistoryProcess.THREADS * ROUNDS);
        assertThat(holds).isNotEmpty();
        assertHoldsExcludeEachOther();
        List<Swap> order = orderEndingWith(last);
        assertEveryDoneWriteIsInOrder(order);
        assertTimesAgree(order);
        assertReadsAgree(order);
    }

    private static void disturb(EmbeddedS3 server) {
        SplittableRandom random = new SplittableRandom(7);
        server.disturb((method, key) -> {
            synchronized (random) {
                return random.nextInt(100) < FAULTS_IN_HUNDRED
                        ? FAULTS[random.nextInt(FAULTS.length)]
                        : ServerFault.NONE;
            }
        });
    }

    private void record(EmbeddedS3 server, StorageRoot.Bucket root) {
        List<ChildJvm> processes = new ArrayList<>();
        try {
            for (int number = 0; number < PROCESSES; number++) {
                processes.add(ChildJvm.start(
                        HistoryProcess.class, server.endpoint(), root.prefix(), "process" + number, ROUNDS));
            }
            processes.forEach(this::recordUntilDone);
        } finally {
            processes.forEach(ChildJvm::close);
        }
    }

    private void recordUntilDone(ChildJvm process) {
        for (String line = process.awaitLine(); !line.equals("done"); line = process.awaitLine()) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("hold")) {
                holds.add(new Hold(Long.parseLong(words[1]), Long.parseLong(words[2])));
            } else {
                Swap swap = new Swap(
                        Long.parseLong(words[1]),
                        Long.parseLong(words[2]),
                        Long.parseLong(words[3]),
                        words[4],
                        words[5],
                        words[6]);
                assertThat(swaps.put(swap.written(), swap)).isNull();
            }
        }
    }

    private void assertHoldsExcludeEachOther() {
        holds.sort(Comparator.comparingLong(Hold::from));
        for (int i = 1; i < holds.size(); i++) {
            assertThat(holds.get(i).from()).isGreaterThan(holds.get(i - 1).until());
        }
    }

    private List<Swap> orderEndingWith(String last) {
        List<Swap> order = new ArrayList<>();
        for (String value = last;
                !value.equals(FIRST_VALUE);
                value = order.get(order.size() - 1).replaced()) {
            assertThat(swaps).as("%s was written by somebody", value).containsKey(value);
            order.add(swaps.get(value));
            assertThat(order).as("no value comes back").hasSizeLessThanOrEqualTo(swaps.size());
        }
        Collections.reverse(order);
        return order;
    }

    private void assertEveryDoneWriteIsInOrder(List<Swap> order) {
        assertThat(order).filteredOn(swap -> swap.outcome().equals("Lost")).isEmpty();
        assertThat(order)
                .containsAll(swaps.values().stream().filter(Swap::isDone).toList());
    }

    /** What had ended before something else began does not come after it. */
    private static void assertTimesAgree(List<Swap> order) {
        long latestStart = Long.MIN_VALUE;
        for (Swap swap : order) {
            if (swap.isDone()) {
                assertThat(swap.until()).isGreaterThan(latestStart);
            }
            latestStart = Math.max(latestStart, swap.from());
        }
    }

    /** Nobody reads a value before its write began, or after its successor's write had ended. */
    private void assertReadsAgree(List<Swap> order) {
        Map<String, Swap> successors = new HashMap<>();
        order.forEach(swap -> successors.put(swap.replaced(), swap));
        for (Swap swap : swaps.values()) {
            if (!swap.replaced().equals(FIRST_VALUE)) {
                assertThat(swaps.get(swap.replaced()).from()).isLessThan(swap.from());
                assertThat(order).contains(swaps.get(swap.replaced()));
            }
            Swap successor = successors.get(swap.replaced());
            if (successor != null && successor.isDone()) {
                assertThat(successor.until()).isGreaterThan(swap.readFrom());
            }
        }
    }
}
