package dev.omnigraph.controlplane.instance;

import dev.omnigraph.controlplane.document.ControlDocument;
import dev.omnigraph.controlplane.document.UnreadableDocumentException;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.TypedObject;
import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.operation.OperationOwner;
import dev.omnigraph.controlplane.storage.StoredObject;
import java.time.Instant;
import java.util.List;

/** Instance records as they are stored, format 1. */
final class InstanceDocument {

    private static final List<String> KEYS =
            List.of("instance", "host", "process_start", "version", "heartbeat", "heartbeat_at", "lock_id", "stopped");

    private InstanceDocument() {}

    static byte[] write(InstanceRecord record) {
        return ControlDocument.bytes(ControlDocument.begin()
                .put("instance", record.process().instance())
                .put("host", record.process().host())
                .put("process_start", WireTime.format(record.process().processStart()))
                .put("version", record.version())
                .put("heartbeat", new JsonNumber(Long.toUnsignedString(record.heartbeat())))
                .put("heartbeat_at", WireTime.format(record.heartbeatAt()))
                .putOrNull("lock_id", record.lockId())
                .put("stopped", record.stopped())
                .build());
    }

    static InstanceRecord read(StoredObject object) throws UnreadableDocumentException {
        TypedObject document = ControlDocument.parse(object, KEYS);
        try {
            return new InstanceRecord(
                    new OperationOwner(
                            document.requireString("instance"),
                            document.requireString("host"),
                            instant(document, "process_start")),
                    document.requireString("version"),
                    document.requireUnsigned("heartbeat"),
                    instant(document, "heartbeat_at"),
                    document.optionalString("lock_id"),
                    document.optionalBoolean("stopped").orElse(false));
        } catch (JsonShapeException e) {
            throw new UnreadableDocumentException("it is damaged: " + e.getMessage());
        }
    }

    private static Instant instant(TypedObject document, String key) throws JsonShapeException {
        String text = document.requireString(key);
        return WireTime.parse(text)
                .orElseThrow(
                        () -> new JsonShapeException(key, "`" + text + "` is no time such as 2026-01-31T12:00:00Z"));
    }
}
