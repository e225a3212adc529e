package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * {@code __cluster/lock.json}: who holds the cluster (control-plane.md 5.1). Its text ends without a line break.
 *
 * @param operation the command that holds it
 * @param createdAt as written; readers accept what is no time, and then know no age
 * @param pid unsigned 32 bits
 */
public record LockDocument(String lockId, String operation, String createdAt, long pid) {

    private static final Set<String> KEYS = StoredDocument.keys("version", "lock_id", "operation", "created_at", "pid");

    /** The document as it is stored. */
    public String write() {
        return JsonText.pretty(JsonObject.builder()
                .put("version", StoredDocument.VERSION)
                .put("lock_id", lockId)
                .put("operation", operation)
                .put("created_at", createdAt)
                .put("pid", pid)
                .build());
    }

    /** Reads a stored lock strictly. */
    public static LockDocument read(String text) throws InvalidDocumentException {
        return StoredDocument.read(
                "the lock",
                text,
                KEYS,
                lock -> new LockDocument(
                        lock.requireString("lock_id"),
                        lock.requireString("operation"),
                        lock.requireString("created_at"),
                        lock.requireUnsigned("pid")));
    }

    /** How long the lock has been held, in whole seconds and never negative; empty where its time cannot be read. */
    public Optional<Long> ageSeconds(Instant now) {
        return WireTime.parse(createdAt)
                .map(created -> Math.max(0, Duration.between(created, now).toSeconds()));
    }
}
