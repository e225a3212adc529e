package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.StoredObject;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads and replaces the ledger (control-plane.md 4.7). A write succeeds only over the very document it started from, and
 * the replaced document is kept in history before. Thread-safe.
 */
public final class LedgerStore {

    private final ObjectStore store;
    private final LedgerMemory memory;

    /** A store that remembers nothing of earlier reads. */
    public LedgerStore(ObjectStore store) {
        this(store, new LedgerMemory());
    }

    public LedgerStore(ObjectStore store, LedgerMemory memory) {
        this.store = store;
        this.memory = memory;
    }

    /** The ledger that a listing showed: not read again where it is the one that is remembered. */
    public LedgerRead read(ClusterArea seen) {
        if (!seen.hasLedger()) {
            return new LedgerRead.Absent();
        }
        Optional<StoredLedger> known = seen.ledgerTag().flatMap(memory::at);
        return known.isPresent() ? new LedgerRead.Present(known.get()) : read();
    }

    public LedgerRead read() {
        GetOutcome outcome = store.get(ControlKeys.STATE);
        if (outcome instanceof GetOutcome.Found found) {
            LedgerRead read = parse(found.object());
            if (read instanceof LedgerRead.Present present) {
                memory.keep(present.stored());
            }
            return read;
        }
        if (outcome instanceof GetOutcome.Absent) {
            return new LedgerRead.Absent();
        }
        if (outcome instanceof GetOutcome.Unusable unusable) {
            return unusable(DiagnosticCode.STATE_READ_ERROR, unusable.reason(), Optional.empty());
        }
        return new LedgerRead.Unknown(((GetOutcome.Unknown) outcome).reason());
    }

    /** Whether the ledger that was read stands there now, told by its tag; where there was none, whether there is none. */
    public boolean isStill(LedgerRead read) {
        if (!(store.list(ControlKeys.CLUSTER) instanceof ListOutcome.Listed listed)) {
            return false;
        }
        Optional<ListOutcome.Entry> now = listed.entries().stream()
                .filter(entry -> entry.key().equals(ControlKeys.STATE))
                .findFirst();
        return read instanceof LedgerRead.Present present
                ? now.isPresent()
                        && tag(now.get())
                                .filter(present.stored().object().tag()::equals)
                                .isPresent()
                : now.isEmpty() == (read instanceof LedgerRead.Absent);
    }

    /** Asked for where the listing does not say it. */
    private Optional<VersionTag> tag(ListOutcome.Entry ledger) {
        return ledger.tag()
                .or(() -> store.get(ledger.key()) instanceof GetOutcome.Found found
                        ? Optional.of(found.object().tag())
                        : Optional.empty());
    }

    /**
     * Stores the first ledger. Of several racing writers one is {@link LedgerWrite.Written}.
     */
    public LedgerWrite create(Ledger ledger) {
        byte[] bytes = bytes(ledger);
        return settle(ledger, bytes, () -> store.putIfAbsent(ControlKeys.STATE, bytes));
    }

    /**
     * A ledger of which history was told, so that it may be replaced.
     *
     * @param refusal why it may not, where history did not take it
     */
    public record Kept(StoredLedger base, Optional<LedgerWrite> refusal) {}

    /** Replaces a ledger that is kept in history. */
    public LedgerWrite replace(Kept kept, Ledger ledger) {
        if (kept.refusal().isPresent()) {
            return kept.refusal().get();
        }
        byte[] bytes = bytes(ledger);
        return settle(
                ledger,
                bytes,
                () -> store.putIfMatch(
                        ControlKeys.STATE, bytes, kept.base().object().tag()));
    }

    /**
     * Puts a ledger that is going to be replaced into history. It is true there whatever comes of its replacement: its name
     * has its revision and its digest, so that this write needs no proof that the lock is ours.
     */
    public Kept keep(StoredLedger base) {
        return new Kept(base, refusalToKeep(base));
    }

    private Optional<LedgerWrite> refusalToKeep(StoredLedger base) {
        byte[] bytes = base.object().bytes();
        PutOutcome outcome = store.putIfAbsent(
                ControlKeys.history(Long.toUnsignedString(base.ledger().revision()), Sha256.hex(bytes)), bytes);
        if (outcome instanceof PutOutcome.Refused refused) {
            return Optional.of(
                    new LedgerWrite.Refused("the present ledger cannot be kept in history: " + refused.reason()));
        }
        if (outcome instanceof PutOutcome.Unknown unknown) {
            return Optional.of(new LedgerWrite.Refused(
                    "whether the present ledger is kept in history is not known: " + unknown.reason()));
        }
        return Optional.empty(); // kept now, or by an earlier write that went no further
    }

    /**
     * A write without a clear answer is repeated once with the same bytes and condition; ours is told by its bytes. Where
     * something else is there by then, ours may have been there in between: that is not known, and not lost.
     */
    private LedgerWrite settle(Ledger ledger, byte[] bytes, ConditionalWrite write) {
        PutOutcome first = write.attempt();
        PutOutcome outcome = first instanceof PutOutcome.Unknown ? write.attempt() : first;
        if (outcome instanceof PutOutcome.Done done) {
            StoredLedger written = new StoredLedger(ledger, new StoredObject(bytes, done.tag()));
            memory.keep(written);
            return new LedgerWrite.Written(written);
        }
        if (outcome instanceof PutOutcome.Lost lost) {
            if (lost.present() instanceof GetOutcome.Found found
                    && Arrays.equals(found.object().bytes(), bytes)) {
                return new LedgerWrite.Written(new StoredLedger(ledger, found.object()));
            }
            return first instanceof PutOutcome.Unknown unknown
                    ? new LedgerWrite.Unknown(unknown.reason())
                    : new LedgerWrite.Lost();
        }
        if (outcome instanceof PutOutcome.Refused refused) {
            return new LedgerWrite.Refused(refused.reason());
        }
        return new LedgerWrite.Unknown(((PutOutcome.Unknown) outcome).reason());
    }

    private static LedgerRead parse(StoredObject object) {
        Optional<String> text = object.text();
        if (text.isEmpty()) {
            return unusable(DiagnosticCode.STATE_READ_ERROR, "the ledger is not UTF-8 text", Optional.empty());
        }
        String cas = Sha256.prefixed(object.bytes());
        try {
            return new LedgerRead.Present(new StoredLedger(LedgerDocument.read(text.get()), object));
        } catch (InvalidDocumentException e) {
            return switch (e.kind()) {
                case MALFORMED -> unusable(DiagnosticCode.INVALID_STATE_JSON, e.getMessage(), Optional.of(cas));
                case UNSUPPORTED_VERSION ->
                    new LedgerRead.Unusable(
                            Diagnostic.of(
                                    DiagnosticCode.UNSUPPORTED_STATE_VERSION,
                                    "state.version",
                                    e.getMessage() + "; nothing was changed"),
                            Optional.of(cas));
            };
        }
    }

    private static LedgerRead.Unusable unusable(DiagnosticCode code, String reason, Optional<String> cas) {
        return new LedgerRead.Unusable(
                Diagnostic.of(code, ControlKeys.STATE.path(), reason + "; nothing was changed"), cas);
    }

    private static byte[] bytes(Ledger ledger) {
        return LedgerDocument.write(ledger).getBytes(StandardCharsets.UTF_8);
    }

    private interface ConditionalWrite {
        PutOutcome attempt();
    }
}
