package dev.omnigraph.controlplane.storage.folder;

import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Adds one to a stored counter as often as it is told, in competition with others. Arguments: root, times. Waits for a
 * line on standard input before it begins; ends with 1 where the store answers neither done nor lost.
 */
final class CounterProcess {

    static final ObjectKey COUNTER = new ObjectKey("race/counter");
    static final ObjectKey TICKETS = new ObjectKey("race/tickets");

    private CounterProcess() {}

    public static void main(String[] arguments) throws Exception {
        ObjectStore store = new FolderObjectStore(Path.of(arguments[0]));
        int times = Integer.parseInt(arguments[1]);
        System.out.println("ready");
        if (System.in.read() < 0) {
            throw new IllegalStateException("nobody said when to begin");
        }
        int ticketsWon = 0;
        for (int i = 0; i < times; i++) {
            increment(store);
            ticketsWon +=
                    store.putIfAbsent(TICKETS.child(Integer.toString(i)), bytes(0)) instanceof PutOutcome.Done ? 1 : 0;
        }
        System.out.println(ticketsWon);
    }

    private static void increment(ObjectStore store) {
        while (true) {
            GetOutcome present = store.get(COUNTER);
            PutOutcome outcome = present instanceof GetOutcome.Found found
                    ? store.putIfMatch(
                            COUNTER, bytes(value(found) + 1), found.object().tag())
                    : store.putIfAbsent(COUNTER, bytes(1));
            if (outcome instanceof PutOutcome.Done) {
                return;
            }
            if (!(outcome instanceof PutOutcome.Lost)) {
                throw new IllegalStateException("neither done nor lost: " + outcome);
            }
        }
    }

    private static int value(GetOutcome.Found found) {
        return Integer.parseInt(found.object().text().orElseThrow());
    }

    private static byte[] bytes(int value) {
        return Integer.toString(value).getBytes(StandardCharsets.UTF_8);
    }
}
