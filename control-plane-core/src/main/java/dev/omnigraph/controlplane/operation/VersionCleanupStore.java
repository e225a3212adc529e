package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.document.ControlDocument;
import dev.omnigraph.controlplane.document.UnreadableDocumentException;
import dev.omnigraph.controlplane.graph.TableHistory;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.TypedObject;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.StoredObject;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The journals of hard drops, {@code __control/cleanup/<sidecar>.json}, format 1. To be used under the lock. Thread-safe. */
public final class VersionCleanupStore {

    /** One is left by each hard drop that was interrupted; more are refused rather than read for minutes. */
    static final int MAX_CLEANUPS = 10_000;

    private static final String SUFFIX = ".json";
    private static final List<String> KEYS = List.of("graph", "approval", "schema_digest", "commit", "tables");
    private static final Set<String> TABLE_KEYS = new LinkedHashSet<>(List.of("table", "first_kept"));

    private final ObjectStore objects;

    public VersionCleanupStore(ObjectStore objects) {
        this.objects = objects;
    }

    /** What reading one journal came to. */
    public sealed interface Reading {

        record Found(VersionCleanup cleanup) implements Reading {}

        /** It stands there and cannot be understood, so nothing is removed by it. */
        record Unreadable(ObjectKey file, String reason) implements Reading {}
    }

    /**
     * All journals, in the order in which their migrations began.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public List<Reading> read() {
        if (!(objects.list(ControlKeys.CLEANUP) instanceof ListOutcome.Listed listed)) {
            throw new StorageUnavailableException("the journals of hard drops cannot be listed");
        }
        if (listed.entries().size() > MAX_CLEANUPS) {
            throw new StorageUnavailableException("there are more than " + MAX_CLEANUPS + " journals of hard drops");
        }
        List<Reading> readings = new ArrayList<>();
        for (ListOutcome.Entry entry : listed.entries()) {
            if (entry.kind() == ListOutcome.Kind.OBJECT && entry.key().name().endsWith(SUFFIX)) {
                readings.add(read(entry.key()));
            }
        }
        return List.copyOf(readings);
    }

    private Reading read(ObjectKey file) {
        GetOutcome outcome = objects.get(file);
        if (outcome instanceof GetOutcome.Found found) {
            return parse(file, found.object());
        }
        if (outcome instanceof GetOutcome.Unknown unknown) {
            throw new StorageUnavailableException(file + " cannot be read: " + unknown.reason());
        }
        return new Reading.Unreadable(
                file, outcome instanceof GetOutcome.Unusable unusable ? unusable.reason() : "it is gone");
    }

    private static Reading parse(ObjectKey file, StoredObject object) {
        String name = file.name();
        try {
            TypedObject document = ControlDocument.parse(object, KEYS);
            List<TableHistory> tables = new ArrayList<>();
            for (TypedObject table : document.objectsOrNone("tables", TABLE_KEYS)) {
                tables.add(new TableHistory(table.requireString("table"), table.requireUnsigned("first_kept")));
            }
            return new Reading.Found(new VersionCleanup(
                    name.substring(0, name.length() - SUFFIX.length()),
                    document.requireString("graph"),
                    document.requireString("approval"),
                    document.requireString("schema_digest"),
                    document.requireString("commit"),
                    tables));
        } catch (UnreadableDocumentException | JsonShapeException e) {
            return new Reading.Unreadable(file, String.valueOf(e.getMessage()));
        }
    }

    /** Stores a new journal. */
    public PutOutcome announce(VersionCleanup cleanup) {
        return objects.putIfAbsent(key(cleanup), bytes(cleanup));
    }

    /** Replaces a journal that this run stored. */
    public PutOutcome rewrite(VersionCleanup cleanup, VersionTag expected) {
        return objects.putIfMatch(key(cleanup), bytes(cleanup), expected);
    }

    /** Removes a journal: there is nothing to be removed by it any more. */
    public DeleteOutcome delete(VersionCleanup cleanup) {
        return objects.delete(key(cleanup));
    }

    private static ObjectKey key(VersionCleanup cleanup) {
        return ControlKeys.CLEANUP.child(cleanup.sidecar() + SUFFIX);
    }

    private static byte[] bytes(VersionCleanup cleanup) {
        List<JsonObject> tables = cleanup.tables().stream()
                .map(table -> JsonObject.builder()
                        .put("table", table.key())
                        .put("first_kept", new JsonNumber(Long.toUnsignedString(table.firstKept())))
                        .build())
                .toList();
        return ControlDocument.bytes(ControlDocument.begin()
                .put("graph", cleanup.graph())
                .put("approval", cleanup.approvalId())
                .put("schema_digest", cleanup.schemaDigest())
                .put("commit", cleanup.commit())
                .put("tables", JsonArray.of(tables))
                .build());
    }
}
