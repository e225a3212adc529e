package dev.omnigraph.controlplane.storage;

import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The stored bytes of one cluster: objects under keys below one storage root.
 *
 * <p>Every write is whole: a reader sees the old bytes or the new ones, never a part. A write that answers
 * {@link PutOutcome.Done} has reached the disk. Conditions are exact among all users of this port on one root, in any
 * number of processes. Implementations are thread-safe and never throw for what a store can do; they answer.
 */
public interface ObjectStore {

    /** An object has at most this many bytes. Larger ones are refused when written and unusable when read. */
    int MAX_OBJECT_BYTES = 64 * 1024 * 1024;

    /** One listing shows, and one search below a prefix looks at, at most this many entries; beyond is unknown. */
    int MAX_ENTRIES = 100_000;

    /** The place as operators know it, for messages: an absolute path, or {@code s3://bucket/prefix}. */
    String location();

    /** Reads one object whole. */
    GetOutcome get(ObjectKey key);

    /** Writes the object if there is none: of any number of racing writers exactly one is {@link PutOutcome.Done}. */
    PutOutcome putIfAbsent(ObjectKey key, byte[] bytes);

    /**
     * As {@link #putIfAbsent}, for an object whose writer has to be known later. Where the store can keep something beside
     * the bytes, it keeps who claimed, and an unclear claim is ours only if that is there; elsewhere nothing is kept.
     *
     * @param claimant names this attempt and no other one
     */
    default PutOutcome claim(ObjectKey key, byte[] bytes, String claimant) {
        return putIfAbsent(key, bytes);
    }

    /** Replaces the object if its present content is the one that {@code expected} names. */
    PutOutcome putIfMatch(ObjectKey key, byte[] bytes, VersionTag expected);

    /** Deletes the object if its present content is the one that {@code expected} names; absent is done. */
    DeleteOutcome deleteIfMatch(ObjectKey key, VersionTag expected);

    /** Deletes the object whatever it holds; absent is done. */
    DeleteOutcome delete(ObjectKey key);

    /**
     * The direct children of a prefix: objects, and prefixes that have at least one object below them. A prefix that does
     * not exist has none. Staging files of unfinished writes are not shown. Keys are in bytewise order.
     */
    ListOutcome list(ObjectKey prefix);

    /**
     * Whether at least one object lies below a prefix, at any depth. An object whose key is the prefix itself does not
     * count, nor do staging files.
     */
    PrefixOutcome exists(ObjectKey prefix);

    /**
     * Every object below a prefix, at any depth, with size and stamp; at most {@link #MAX_ENTRIES}, beyond is unknown. A
     * prefix that does not exist has none, and staging files are not shown.
     */
    TreeOutcome tree(ObjectKey prefix);

    /**
     * Moves everything below one prefix to another in a single durable step that all others see at once, staging files
     * included. Never onto something that is there.
     */
    MoveOutcome move(ObjectKey from, ObjectKey to);

    /**
     * Removes everything below a prefix, staging files and what is empty included. Not in one step: a call that is
     * interrupted leaves a part, and the next one goes on with it.
     *
     * @param progress told the number of objects removed so far, now and then
     */
    RemovalOutcome removeTree(ObjectKey prefix, LongConsumer progress);

    /** Why no store takes these bytes under this key; empty where nothing speaks against it. For implementations. */
    static Optional<String> refusal(ObjectKey key, byte[] bytes) {
        if (key.equals(ObjectKey.ROOT)) {
            return Optional.of("the storage root itself is no object");
        }
        if (bytes.length > MAX_OBJECT_BYTES) {
            return Optional.of(
                    key + " would have " + bytes.length + " bytes; an object has at most " + MAX_OBJECT_BYTES);
        }
        return Optional.empty();
    }
}
