package dev.omnigraph.controlplane.storage.s3;

import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One deletion under the condition that an object has a certain tag, repeated until it is definite what came of it. Where
 * an attempt had no clear answer and something else stands there now, ours may have deleted what stood there before; that
 * is unknown, not lost. A late attempt can delete something only where the object has that tag again.
 */
final class ConditionalDelete {

    private final Supplier<S3Answer<Boolean>> request;
    private final Supplier<ReadObject> present;
    private final VersionTag expected;
    private final boolean storeCompares;

    /** Why it is open whether an earlier attempt was carried out; empty while every answer was clear. */
    private Optional<String> doubt = Optional.empty();

    private String lastReason = "";

    /**
     * A deletion that was not sent yet.
     *
     * @param request sends it once
     * @param present reads what stands there
     * @param storeCompares whether the request carries the condition; else the object is read and compared before it
     */
    ConditionalDelete(
            Supplier<S3Answer<Boolean>> request,
            Supplier<ReadObject> present,
            VersionTag expected,
            boolean storeCompares) {
        this.request = request;
        this.present = present;
        this.expected = expected;
        this.storeCompares = storeCompares;
    }

    DeleteOutcome settle(Patience patience) {
        return patience.firstOf(this::attempt).orElseGet(() -> new DeleteOutcome.Unknown(lastReason));
    }

    private Optional<DeleteOutcome> attempt() {
        if (storeCompares) {
            return send();
        }
        GetOutcome there = present.get().outcome();
        return hasExpectedTag(there) ? send() : withOtherContent(there);
    }

    private Optional<DeleteOutcome> send() {
        S3Answer<Boolean> answer = request.get();
        if (answer instanceof S3Answer.Done<Boolean>) {
            return Optional.of(new DeleteOutcome.Done());
        }
        if (answer instanceof S3Answer.Unclear<Boolean> unclear) {
            doubt = Optional.of(unclear.reason());
            return notDefinite(unclear.reason());
        }
        S3Answer.Denied<Boolean> denied = (S3Answer.Denied<Boolean>) answer;
        if (denied.isAbsent()) {
            return Optional.of(new DeleteOutcome.Done());
        }
        if (denied.isConflict()) {
            return notDefinite(denied.reason());
        }
        if (denied.isFailedCondition()) {
            return afterFailedCondition(denied.reason());
        }
        return Optional.of(inDoubt().orElseGet(() -> new DeleteOutcome.Refused(denied.reason())));
    }

    /** An object with the expected tag came back in between; that one may be deleted. */
    private Optional<DeleteOutcome> afterFailedCondition(String reason) {
        GetOutcome there = present.get().outcome();
        return hasExpectedTag(there) ? notDefinite(reason) : withOtherContent(there);
    }

    private Optional<DeleteOutcome> withOtherContent(GetOutcome there) {
        if (there instanceof GetOutcome.Absent) {
            return Optional.of(new DeleteOutcome.Done());
        }
        if (there instanceof GetOutcome.Unknown unknown) {
            return notDefinite(unknown.reason());
        }
        return Optional.of(inDoubt().orElseGet(() -> new DeleteOutcome.Lost(there)));
    }

    private boolean hasExpectedTag(GetOutcome there) {
        return there instanceof GetOutcome.Found found && found.object().tag().equals(expected);
    }

    private Optional<DeleteOutcome> notDefinite(String reason) {
        lastReason = reason;
        return Optional.empty();
    }

    private Optional<DeleteOutcome> inDoubt() {
        return doubt.map(reason -> new DeleteOutcome.Unknown(
                "an attempt without a clear answer may have deleted what stood there before: " + reason));
    }
}
