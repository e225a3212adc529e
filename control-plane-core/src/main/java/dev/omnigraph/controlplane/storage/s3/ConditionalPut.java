package dev.omnigraph.controlplane.storage.s3;

import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One conditional write, repeated with the same bytes and condition until it is definite what came of it.
 *
 * <p>All its attempts carry one id, which the store keeps beside the bytes. A condition that does not hold because an
 * earlier attempt of ours was carried out is told by that id, and never by the bytes: two writers may write the same. Where
 * an attempt had no clear answer and something else stands there now, ours may have been there in between; that is unknown,
 * not lost.
 *
 * <p>An attempt without an answer may still arrive after this returned. It can then change something only where its
 * condition holds again: the object is absent again, or has the very content again that was to be replaced.
 */
final class ConditionalPut {

    private final Supplier<S3Answer<VersionTag>> request;
    private final Supplier<ReadObject> present;
    private final String writeId;

    /** Why it is open whether an earlier attempt was carried out; empty while every answer was clear. */
    private Optional<String> doubt = Optional.empty();

    private String lastReason = "";

    /**
     * A write that was not sent yet.
     *
     * @param request sends it once
     * @param present reads what stands there
     * @param writeId the id that every attempt carries
     */
    ConditionalPut(Supplier<S3Answer<VersionTag>> request, Supplier<ReadObject> present, String writeId) {
        this.request = request;
        this.present = present;
        this.writeId = writeId;
    }

    PutOutcome settle(Patience patience) {
        return patience.firstOf(this::attempt).orElseGet(() -> new PutOutcome.Unknown(lastReason));
    }

    private Optional<PutOutcome> attempt() {
        S3Answer<VersionTag> answer = request.get();
        if (answer instanceof S3Answer.Done<VersionTag> done) {
            return Optional.of(new PutOutcome.Done(done.value()));
        }
        if (answer instanceof S3Answer.Unclear<VersionTag> unclear) {
            doubt = Optional.of(unclear.reason());
            return notDefinite(unclear.reason());
        }
        S3Answer.Denied<VersionTag> denied = (S3Answer.Denied<VersionTag>) answer;
        if (denied.isConflict()) {
            return notDefinite(denied.reason());
        }
        if (denied.isFailedCondition() || denied.isAbsent()) {
            return afterFailedCondition();
        }
        return Optional.of(inDoubt().orElseGet(() -> new PutOutcome.Refused(denied.reason())));
    }

    private Optional<PutOutcome> afterFailedCondition() {
        ReadObject there = present.get();
        if (there.outcome() instanceof GetOutcome.Found found && there.writeId().equals(Optional.of(writeId))) {
            return Optional.of(new PutOutcome.Done(found.object().tag()));
        }
        if (there.outcome() instanceof GetOutcome.Unknown unknown) {
            return notDefinite(unknown.reason());
        }
        return Optional.of(inDoubt().orElseGet(() -> new PutOutcome.Lost(there.outcome())));
    }

    private Optional<PutOutcome> notDefinite(String reason) {
        lastReason = reason;
        return Optional.empty();
    }

    private Optional<PutOutcome> inDoubt() {
        return doubt.map(reason -> new PutOutcome.Unknown(
                "an attempt without a clear answer may have been carried out, and replaced since: " + reason));
    }
}
