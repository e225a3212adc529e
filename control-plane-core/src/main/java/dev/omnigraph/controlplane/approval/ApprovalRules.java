package dev.omnigraph.controlplane.approval;

/**
 * What this instance asks of approvals beyond their digests.
 *
 * @param requireSecondPerson whether an approval is of no use to the one who gave it
 * @param acceptForeign whether approvals count that this service has no record of, such as those of the engine's own tool
 */
public record ApprovalRules(boolean requireSecondPerson, boolean acceptForeign) {

    /** Those of an instance that nobody has configured, which are the engine's own. */
    public static final ApprovalRules DEFAULT = new ApprovalRules(false, true);

    /** Whether an approval counts for nothing, because nobody is known to have given it here. */
    public boolean ignores(ApprovalEntry entry) {
        return !acceptForeign && entry.record().isEmpty();
    }

    /** The state of an approval on this instance. */
    public ApprovalState judged(ApprovalEntry entry, ApprovalState state) {
        return state == ApprovalState.PENDING && ignores(entry) ? ApprovalState.IGNORED : state;
    }

    /** Whether an approval is of no use to someone: to the one who gave it, and to one who is not named. */
    public boolean needsAnother(ApprovalEntry entry, Applier applier) {
        return requireSecondPerson
                && applier instanceof Applier.Person person
                && person.actor()
                        .filter(actor -> !actor.equals(entry.bound().approvedBy()))
                        .isEmpty();
    }
}
