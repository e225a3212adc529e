package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** The schema files of one graph root. Remembers which of them it wrote, to take them back. Not thread-safe. */
final class SchemaFiles {

    private final ObjectStore store;
    private final ObjectKey root;
    private final Deque<Written> written = new ArrayDeque<>();

    private record Written(ObjectKey key, VersionTag tag) {}

    SchemaFiles(ObjectStore store, ObjectKey root) {
        this.store = store;
        this.root = root;
    }

    GetOutcome read(String name) {
        return store.get(root.child(name));
    }

    /** What is there, these files and all else. */
    ListOutcome list() {
        return store.list(root);
    }

    /** Writes {@code _schema.pg} where there is none, durably, by which the root becomes the claimant's. */
    PutOutcome claim(String source, String claimant) {
        ObjectKey key = root.child(GraphLayout.SCHEMA_SOURCE);
        return remembered(key, store.claim(key, bytes(source), claimant));
    }

    /** Writes a file where there is none, durably. */
    PutOutcome write(String name, String text) {
        ObjectKey key = root.child(name);
        return remembered(key, store.putIfAbsent(key, bytes(text)));
    }

    private PutOutcome remembered(ObjectKey key, PutOutcome outcome) {
        if (outcome instanceof PutOutcome.Done done) {
            written.push(new Written(key, done.tag()));
        }
        return outcome;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Takes back what was certainly written here, as far as it still is what was written: the last file first, so that
     * {@code _schema.pg} keeps others out until the end. What cannot be taken back stays.
     *
     * @return whether nothing of it stayed
     */
    boolean withdraw() {
        boolean complete = true;
        while (!written.isEmpty()) {
            Written last = written.pop();
            complete &= store.deleteIfMatch(last.key(), last.tag()) instanceof DeleteOutcome.Done;
        }
        return complete;
    }
}
