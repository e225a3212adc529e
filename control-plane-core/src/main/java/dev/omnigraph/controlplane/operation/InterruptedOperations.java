package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Marks what processes that are gone left unfinished. Accepted work is never resumed silently: it ends as
 * {@code interrupted}, and the next command sweeps what it may have left half done.
 */
public final class InterruptedOperations {

    /** So many of the newest records are looked at. An instance leaves only its queue behind, which is far shorter. */
    static final int MAX_RECORDS_LOOKED_AT = 1000;

    private final OperationStore operations;

    public InterruptedOperations(OperationStore operations) {
        this.operations = operations;
    }

    /** What the look came to. */
    public sealed interface Outcome {
        /** All are marked; {@code ids} names them. */
        record Marked(List<String> ids) implements Outcome {}

        /** The store did not answer; some may be unmarked. */
        record Unavailable(String reason) implements Outcome {}
    }

    /** Marks the queued and running operations of other processes of {@code self}'s instance. */
    public Outcome mark(OperationOwner self, Instant now) {
        return mark(
                owner -> owner.instance().equals(self.instance())
                        && !owner.processStart().equals(self.processStart()),
                now);
    }

    /** Marks the queued and running operations of processes that are gone. */
    public Outcome mark(Predicate<OperationOwner> isGone, Instant now) {
        List<String> marked = new ArrayList<>();
        Optional<String> olderThan = Optional.empty();
        for (int looked = 0; looked < MAX_RECORDS_LOOKED_AT; looked += OperationStore.MAX_PAGE_SIZE) {
            OperationPage page = operations.page(OperationFilter.all(), olderThan, OperationStore.MAX_PAGE_SIZE);
            if (page instanceof OperationPage.Unavailable unavailable) {
                return new Outcome.Unavailable(unavailable.reason());
            }
            OperationPage.Listed listed = (OperationPage.Listed) page;
            for (OperationRecord operation : listed.operations()) {
                if (isLeftBehind(operation, isGone)) {
                    Optional<String> trouble = markOne(operation.id(), isGone, now, marked);
                    if (trouble.isPresent()) {
                        return new Outcome.Unavailable(trouble.get());
                    }
                }
            }
            olderThan = listed.next();
            if (olderThan.isEmpty()) {
                break;
            }
        }
        return new Outcome.Marked(List.copyOf(marked));
    }

    private Optional<String> markOne(String id, Predicate<OperationOwner> isGone, Instant now, List<String> marked) {
        OperationRead read = operations.read(id);
        if (!(read instanceof OperationRead.Found found)
                || !isLeftBehind(found.operation().record(), isGone)) {
            return Optional.empty();
        }
        OperationRecord record = found.operation().record();
        OperationWrite write = operations.replace(found.operation(), interrupted(record, now));
        if (write instanceof OperationWrite.Stored) {
            marked.add(id);
            return Optional.empty();
        }
        if (write instanceof OperationWrite.Lost) {
            return Optional.empty();
        }
        return Optional.of(
                write instanceof OperationWrite.Refused refused
                        ? refused.reason()
                        : ((OperationWrite.Unknown) write).reason());
    }

    /** How an operation of a process that is gone is to be read, though nobody wrote it yet. */
    public static OperationRecord interrupted(OperationRecord unfinished, Instant at) {
        return unfinished.ended(at, OperationEnding.interrupted(problem(unfinished)));
    }

    private static boolean isLeftBehind(OperationRecord operation, Predicate<OperationOwner> isGone) {
        return !operation.state().isFinal()
                && isGone.test(operation.submission().owner());
    }

    private static OperationProblem problem(OperationRecord operation) {
        String detail = operation.life() instanceof OperationLife.Queued
                ? "the service stopped before the operation began; it changed nothing"
                : "the service stopped while the operation ran; it may have left steps half done, each with a recovery"
                        + " record";
        return OperationProblem.of(DiagnosticCode.OPERATION_INTERRUPTED, detail);
    }
}
