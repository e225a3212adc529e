package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.apply.Leftovers;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.document.ControlDocument;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerRead;
import dev.omnigraph.controlplane.ledger.Sidecar;
import dev.omnigraph.controlplane.ledger.SidecarStore;
import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.recovery.Sweep;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.session.LockedSection;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.StoredObject;
import java.util.Base64;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What an admin does about recovery records that no sweep resolves (I2, I20). Under the lock, and never of itself. */
final class RecoveryCommands {

    private static final String SUFFIX = ".json";

    private final ClusterContext context;

    RecoveryCommands(ClusterContext context) {
        this.context = context;
    }

    /** Removes the part of a graph that a create of ours left, if it is what was shown, and then its record. */
    RecoveryOutput discard(String id, String objectsDigest, RunListener listener) {
        return locked(id, "discard", listener, (lock, report) -> {
            Optional<Leftovers.Leftover> leftover = leftover(id);
            if (leftover.isEmpty()) {
                report.add(
                        DiagnosticCode.RECOVERY_NOT_DISCARDABLE,
                        id,
                        "there is no part of a graph that is proved to be left by this operation of ours; nothing was"
                                + " removed");
            } else if (!leftover.get().digest().equals(objectsDigest)) {
                report.add(
                        DiagnosticCode.GRAPH_MOVED,
                        id,
                        "what lies there is not what the request says was seen; nothing was removed");
            } else if (lock.mayAct(report)) {
                listener.removalStarted(id);
                discard(leftover.get(), report);
            }
        });
    }

    private void discard(Leftovers.Leftover leftover, CommandReport report) {
        Optional<String> obstacle = new Leftovers(context).remove(leftover).or(() -> retire(leftover.sidecar()));
        obstacle.ifPresent(reason -> report.add(
                DiagnosticCode.RECOVERY_DISCARD_FAILED, leftover.sidecar().operationId(), reason));
    }

    /** Why the record of what is removed may be left, if it may. */
    private Optional<String> retire(Sidecar sidecar) {
        DeleteOutcome outcome = new SidecarStore(context.store()).delete(sidecar);
        if (outcome instanceof DeleteOutcome.Done) {
            return Optional.empty();
        }
        return Optional.of(
                "what was left of the graph is removed, but whether the recovery record is, is not known; the"
                        + " next apply, refresh or import retires it where it is still there");
    }

    private Optional<Leftovers.Leftover> leftover(String id) {
        LedgerRead read = context.ledgers().read();
        if (read instanceof LedgerRead.Unknown unknown) {
            throw new StorageUnavailableException("the ledger cannot be read: " + unknown.reason());
        }
        Ledger ledger =
                read instanceof LedgerRead.Present present ? present.stored().ledger() : Ledger.EMPTY;
        return new Sweep(context)
                .run(ledger).examined().stream()
                        .filter(examined -> examined.file().name().equals(id + SUFFIX))
                        .findFirst()
                        .flatMap(new Leftovers(context)::of);
    }

    /** Moves a record to where no command looks, with who did it and why. */
    RecoveryOutput quarantine(String id, Optional<String> actor, String reason, RunListener listener) {
        return locked(id, "quarantine", listener, (lock, report) -> {
            ObjectKey file = ControlKeys.RECOVERIES.child(id + SUFFIX);
            GetOutcome present = context.store().get(file);
            if (present instanceof GetOutcome.Unknown unknown) {
                throw new StorageUnavailableException("the recovery record cannot be read: " + unknown.reason());
            }
            if (!(present instanceof GetOutcome.Found found)) {
                report.add(DiagnosticCode.RECOVERY_NOT_FOUND, id, "no readable recovery record has this name");
            } else if (lock.mayAct(report)) {
                setAside(file, found.object(), actor, reason, report);
            }
        });
    }

    private void setAside(
            ObjectKey file, StoredObject record, Optional<String> actor, String reason, CommandReport report) {
        byte[] document = ControlDocument.bytes(ControlDocument.begin()
                .put("name", file.name())
                .putOrNull("quarantined_by", actor)
                .put("quarantined_at", WireTime.format(context.clock().instant()))
                .put("reason", reason)
                .put("content_base64", Base64.getEncoder().encodeToString(record.bytes()))
                .build());
        PutOutcome kept = context.store().putIfAbsent(ControlKeys.quarantine(file.name()), document);
        boolean isKept = kept instanceof PutOutcome.Done || kept instanceof PutOutcome.Lost;
        if (!isKept || !(context.store().deleteIfMatch(file, record.tag()) instanceof DeleteOutcome.Done)) {
            report.add(
                    DiagnosticCode.RECOVERY_SIDECAR_WRITE_ERROR,
                    context.root().display(file),
                    "the recovery record could not be set aside; it is still in force");
        }
    }

    private RecoveryOutput locked(
            String id, String operation, RunListener listener, BiConsumer<LockedSection, CommandReport> work) {
        CommandReport report = new CommandReport(context.root());
        LockedSection.during(context, operation, listener, report, lock -> {
            work.accept(lock, report);
            return Optional.empty();
        });
        return new RecoveryOutput(id, report.diagnostics());
    }
}
