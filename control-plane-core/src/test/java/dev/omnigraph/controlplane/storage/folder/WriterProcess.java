package dev.omnigraph.controlplane.storage.folder;

import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes until it is killed: replaces one large object by another one over and over, and adds a new one each time.
 * Arguments: root, a name of its own. Says a line after each round.
 */
final class WriterProcess {

    static final ObjectKey REPLACED = new ObjectKey("kill/replaced");
    static final ObjectKey ADDED = new ObjectKey("kill/added");
    static final int SIZE = 1024 * 1024;

    private WriterProcess() {}

    public static void main(String[] arguments) {
        ObjectStore store = new FolderObjectStore(Path.of(arguments[0]));
        for (int round = 0; ; round++) {
            byte[] bytes = new byte[SIZE];
            Arrays.fill(bytes, (byte) ('a' + round % 26));
            requireDone(
                    store.get(REPLACED) instanceof GetOutcome.Found found
                            ? store.putIfMatch(REPLACED, bytes, found.object().tag())
                            : store.putIfAbsent(REPLACED, bytes));
            requireDone(store.putIfAbsent(ADDED.child(arguments[1] + "-" + round), bytes));
            System.out.println(round);
        }
    }

    private static void requireDone(PutOutcome outcome) {
        if (!(outcome instanceof PutOutcome.Done)) {
            throw new IllegalStateException("not done: " + outcome);
        }
    }
}
