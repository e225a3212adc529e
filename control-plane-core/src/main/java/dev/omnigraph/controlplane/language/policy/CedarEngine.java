package dev.omnigraph.controlplane.language.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Cedar, as far as this package needs it. Thread-safe. */
interface CedarEngine {

    /**
     * A branch that a request names.
     *
     * @param isProtected whether the bundle lists it
     */
    record NamedBranch(String name, boolean isProtected) {}

    /**
     * A request with all that Cedar has to know about it.
     *
     * @param groups those the actor is a member of
     * @param resource the id of the graph or server that the action is about
     * @param branches those that the request names
     */
    record Question(
            String actor,
            Set<String> groups,
            PolicyAction action,
            String resource,
            Map<BranchRole, NamedBranch> branches) {}

    /** What Cedar made of a question. */
    sealed interface Answer {

        /** Allowed where at least one policy permits it. */
        record Decided(Set<String> permittingPolicies) implements Answer {}

        /** Cedar could not decide. */
        record Undecided(String reason) implements Answer {}
    }

    /** The engine of this process; loads Cedar's native library at the first call, which takes about half a second. */
    static CedarEngine get() {
        return CedarLibrary.ENGINE;
    }

    /** Why Cedar does not take these policies; empty where it takes them, or where it cannot be asked. */
    Optional<String> refusal(List<CedarPolicy> policies);

    /** Asks whether any of these policies permits it. */
    Answer decide(Question question, List<CedarPolicy> policies);
}
