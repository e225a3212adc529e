package dev.omnigraph.controlplane.recovery;

import dev.omnigraph.controlplane.approval.Reservation;
import dev.omnigraph.controlplane.approval.ReservationStore;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.ledger.Approval;
import dev.omnigraph.controlplane.ledger.Consumption;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerEntry;
import dev.omnigraph.controlplane.ledger.Sidecar;
import dev.omnigraph.controlplane.ledger.SidecarKind;
import dev.omnigraph.controlplane.operation.OperationOwner;
import dev.omnigraph.controlplane.operation.OperationRecord;
import dev.omnigraph.controlplane.operation.OperationStore;
import dev.omnigraph.controlplane.operation.OperationSubmission;
import dev.omnigraph.controlplane.operation.OperationTrace;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a sweep meets, as the words of the decision matrix say it: once as values, and once as stored objects.
 *
 * @param objects what is stored below the graph's places
 */
record Situation(
        Sidecar sidecar,
        RootObservation observation,
        Ledger ledger,
        Map<ObjectKey, String> objects,
        boolean begun,
        boolean reserved) {

    static final String GRAPH = "g";
    static final String OPERATION = "01KT0000000000000000000000";
    /** A schema apply whose drops are approved to be hard. */
    static final String HARD_DROP = "hard_drop";

    static final String APPROVAL = "01KT0000000000000000000007";

    private static final String OLDER_OPERATION = "01KS0000000000000000000000";
    private static final Instant NOW = Instant.parse("2026-06-10T10:00:00Z");
    private static final String NO_SCHEMA = "no schema";
    private static final ObjectKey ROOT = StorageRoot.graphKey(GRAPH);
    private static final ObjectKey ASIDE = ControlKeys.trash(OPERATION, GRAPH);

    /** The kind, and then the conditions of its table. */
    static Situation of(List<String> conditions) {
        if (conditions.get(0).equals(HARD_DROP)) {
            boolean used = conditions.get(1).equals("used");
            return ofMove(SidecarKind.SCHEMA_APPLY, conditions.get(2), conditions.get(3), Optional.of(APPROVAL), used);
        }
        SidecarKind kind = SidecarKind.valueOf(conditions.get(0).toUpperCase(Locale.ROOT));
        return kind == SidecarKind.GRAPH_DELETE
                ? ofDelete(conditions.get(1), conditions.get(2), conditions.get(3), conditions.get(4))
                : ofMove(kind, conditions.get(1), conditions.get(2), Optional.empty(), false);
    }

    private static Situation ofMove(
            SidecarKind kind, String root, String recorded, Optional<String> approval, boolean used) {
        RootObservation observation = switch (root) {
            case "absent" -> new RootObservation.Absent();
            case "broken" -> new RootObservation.NotOpenable("there is no schema");
            default -> new RootObservation.Opened(digest(root));
        };
        Map<ObjectKey, String> objects = switch (root) {
            case "absent" -> Map.of();
            case "broken" -> Map.of(ROOT.child("nodes"), NO_SCHEMA);
            default -> Map.of(ROOT.child("_schema.pg"), schema(root));
        };
        Ledger.Editor ledger = Ledger.EMPTY.edit();
        if (!recorded.equals("none")) {
            ledger.putEntry(new ResourceAddress.Graph(GRAPH), LedgerEntry.of("composite"));
        }
        if (recorded.equals("intended") || recorded.equals("other")) {
            ledger.putEntry(new ResourceAddress.Schema(GRAPH), LedgerEntry.of(digest(recorded)));
        }
        if (used) {
            ledger.putApprovalRecord(APPROVAL, Consumption.record("2026-06-10T10:00:00Z", OPERATION));
        }
        return new Situation(
                sidecar(kind, GRAPH, location(), approval), observation, ledger.build(), objects, false, false);
    }

    private static Situation ofDelete(String place, String removal, String approval, String recorded) {
        boolean atRoot = place.equals("root") || place.equals("both");
        boolean aside = place.equals("aside") || place.equals("both");
        boolean begun = removal.equals("begun");
        boolean reserved = approval.startsWith("reserved");
        Ledger.Editor ledger = Ledger.EMPTY.edit();
        if (recorded.equals("recorded")) {
            ledger.putEntry(new ResourceAddress.Graph(GRAPH), LedgerEntry.of("composite"))
                    .putEntry(new ResourceAddress.Schema(GRAPH), LedgerEntry.of(digest("other")));
        }
        if (approval.endsWith("used")) {
            ledger.putApprovalRecord(APPROVAL, Consumption.record("2026-06-10T10:00:00Z", OPERATION));
        }
        Map<ObjectKey, String> objects = new HashMap<>();
        if (atRoot) {
            objects.put(ROOT.child("_schema.pg"), schema("other"));
        }
        if (aside) {
            objects.put(ASIDE.child("_schema.pg"), schema("other"));
        }
        return new Situation(
                sidecar(
                        SidecarKind.GRAPH_DELETE,
                        GRAPH,
                        location(),
                        approval.equals("not named") ? Optional.empty() : Optional.of(APPROVAL)),
                new RootObservation.Deletion(atRoot, aside, begun, reserved),
                ledger.build(),
                objects,
                begun,
                reserved);
    }

    /** Puts all of it where a sweep looks. */
    void store(ObjectStore store) {
        put(store, ControlKeys.sidecar(OPERATION), sidecar.write());
        objects.forEach((key, content) -> put(store, key, content));
        if (begun) {
            OperationRecord deleting = OperationRecord.queued(new OperationSubmission(
                            OLDER_OPERATION,
                            "apply",
                            Optional.empty(),
                            new OperationOwner("node", "node.local", NOW),
                            NOW,
                            Optional.empty(),
                            Optional.empty()))
                    .started(NOW)
                    .traced(OperationTrace.empty().withSidecar(OPERATION).withRemovalStarted(OPERATION));
            new OperationStore(store).create(deleting);
        }
        if (reserved) {
            put(store, ControlKeys.approval(APPROVAL), approval().write());
            new ReservationStore(store)
                    .claim(APPROVAL, new Reservation.ForSidecar(OPERATION), (approval, sidecar) -> false);
        }
    }

    static Sidecar sidecar(SidecarKind kind, String graph, String uri, Optional<String> approval) {
        return new Sidecar(
                OPERATION,
                "2026-06-10T10:00:00Z",
                Optional.empty(),
                kind,
                graph,
                uri,
                OptionalLong.empty(),
                OptionalLong.empty(),
                kind == SidecarKind.GRAPH_DELETE ? "" : digest("intended"),
                Optional.empty(),
                approval);
    }

    /** The digest of a schema, by what it is to the sidecar and to the ledger. */
    static String digest(String schema) {
        return Sha256.hex(schema(schema));
    }

    private static String schema(String name) {
        return "node " + name + " { a: String @key }";
    }

    private static Approval approval() {
        return new Approval(
                APPROVAL,
                new ResourceAddress.Graph(GRAPH).text(),
                "delete",
                "it is not wanted any more",
                "c",
                Optional.of("b"),
                Optional.empty(),
                "carol",
                "2026-06-10T10:00:00Z",
                Optional.empty(),
                Optional.empty());
    }

    private static String location() {
        return "/memory/" + ROOT.path();
    }

    private static void put(ObjectStore store, ObjectKey key, String content) {
        store.putIfAbsent(key, content.getBytes(StandardCharsets.UTF_8));
    }
}
