package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The text objects of one graph, for protocols in which every step must succeed before the next: each outcome but success
 * is an {@link IOException} that names the object. Thread-safe.
 */
final class GraphTexts {

    private final ObjectStore store;
    private final ObjectKey root;

    /** @param root of the graph, which names are relative to */
    GraphTexts(ObjectStore store, ObjectKey root) {
        this.store = store;
        this.root = root;
    }

    /** The text of an object; empty where there is none. */
    Optional<String> read(String name) throws IOException {
        GetOutcome outcome = store.get(root.child(name));
        if (outcome instanceof GetOutcome.Absent) {
            return Optional.empty();
        }
        return Optional.of(text(name, outcome));
    }

    /** Stores a new object, durably; one that is there already is a failure. */
    void create(String name, String text) throws IOException {
        requireDone(name, store.putIfAbsent(root.child(name), bytes(text)));
    }

    /** Makes an object have this text, durably; done where it has it. */
    void put(String name, String text) throws IOException {
        ObjectKey key = root.child(name);
        GetOutcome present = store.get(key);
        if (present instanceof GetOutcome.Absent) {
            create(name, text);
        } else if (!text(name, present).equals(text) && present instanceof GetOutcome.Found found) {
            requireDone(name, store.putIfMatch(key, bytes(text), found.object().tag()));
        }
    }

    /** Removes an object; absent is done. */
    void delete(String name) throws IOException {
        DeleteOutcome outcome = store.delete(root.child(name));
        if (outcome instanceof DeleteOutcome.Refused refused) {
            throw new IOException(name + " could not be removed: " + refused.reason());
        }
        if (outcome instanceof DeleteOutcome.Unknown unknown) {
            throw new StorageUnansweredException(
                    "it is not known whether " + name + " is removed: " + unknown.reason());
        }
    }

    /** The names of the objects directly in a folder, relative to the graph's root, in bytewise order. */
    List<String> list(String folder) throws IOException {
        ListOutcome outcome = store.list(root.child(folder));
        if (outcome instanceof ListOutcome.Listed listed) {
            return listed.entries().stream()
                    .filter(entry -> entry.kind() == ListOutcome.Kind.OBJECT)
                    .map(entry -> folder + "/" + entry.key().name())
                    .toList();
        }
        throw new StorageUnansweredException(folder + " cannot be listed: " + ((ListOutcome.Unknown) outcome).reason());
    }

    private static String text(String name, GetOutcome outcome) throws IOException {
        if (outcome instanceof GetOutcome.Found found) {
            return found.object().text().orElseThrow(() -> new IOException(name + " is not UTF-8"));
        }
        if (outcome instanceof GetOutcome.Unknown unknown) {
            throw new StorageUnansweredException(name + " cannot be read: " + unknown.reason());
        }
        throw new IOException(name + " cannot be read: "
                + (outcome instanceof GetOutcome.Unusable unusable ? unusable.reason() : "it is gone"));
    }

    private static void requireDone(String name, PutOutcome outcome) throws IOException {
        if (outcome instanceof PutOutcome.Lost) {
            throw new IOException(name + " was not stored: another writer stored it first");
        }
        if (outcome instanceof PutOutcome.Refused refused) {
            throw new IOException(name + " was not stored: " + refused.reason());
        }
        if (outcome instanceof PutOutcome.Unknown unknown) {
            throw new StorageUnansweredException("it is not known whether " + name + " is stored: " + unknown.reason());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
