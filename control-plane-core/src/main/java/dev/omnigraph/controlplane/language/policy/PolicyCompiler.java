package dev.omnigraph.controlplane.language.policy;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.Located;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes bundles ready to decide, for the one thing that they are loaded for (policy.md 3). Where Cedar's native library
 * cannot be used, what Cedar itself would refuse beyond the checks made here is not found. Thread-safe.
 */
public final class PolicyCompiler {

    /** Control characters that Cedar knows in its texts. */
    private static final String WRITABLE_CONTROLS = "\t\n\r";

    private static final int FIRST_PRINTABLE = 0x20;

    private PolicyCompiler() {}

    /**
     * The bundle for a graph.
     *
     * @throws LanguageException where a rule is about the server, or Cedar cannot take it
     */
    public static CompiledPolicy forGraph(PolicyBundle bundle, String graphId) throws LanguageException {
        return compile(bundle, PolicyKind.GRAPH, graphId);
    }

    /**
     * The bundle for the server.
     *
     * @throws LanguageException where a rule is about a graph, or Cedar cannot take it
     */
    public static CompiledPolicy forServer(PolicyBundle bundle) throws LanguageException {
        return compile(bundle, PolicyKind.SERVER, CompiledPolicy.SERVER_ID);
    }

    private static CompiledPolicy compile(PolicyBundle bundle, PolicyKind kind, String label) throws LanguageException {
        for (PolicyRule rule : bundle.rules()) {
            checkKind(rule, kind);
        }
        List<CedarPolicy> policies = new ArrayList<>();
        for (PolicyRule rule : bundle.rules()) {
            checkRepeats(rule);
            checkCharacters(rule);
            for (Located<PolicyAction> action : rule.actions()) {
                policies.add(CedarText.policy(rule, action, label));
            }
        }
        CedarEngine cedar = CedarEngine.get();
        Optional<String> refusal = cedar.refusal(policies);
        if (refusal.isPresent()) {
            throw new LanguageException("Cedar does not take the rules: " + refusal.get());
        }
        return new CompiledPolicy(bundle, label, policies, cedar);
    }

    private static void checkKind(PolicyRule rule, PolicyKind kind) throws LanguageException {
        for (Located<PolicyAction> action : rule.actions()) {
            PolicyKind about = action.value().kind();
            if (about != kind) {
                throw refusal(
                        rule,
                        action,
                        "`" + action.value().wire() + "` is about " + about.noun() + ", but this bundle is loaded for "
                                + kind.noun());
            }
        }
    }

    private static void checkRepeats(PolicyRule rule) throws LanguageException {
        Set<PolicyAction> seen = EnumSet.noneOf(PolicyAction.class);
        for (Located<PolicyAction> action : rule.actions()) {
            if (!seen.add(action.value())) {
                throw refusal(rule, action, "`" + action.value().wire() + "` is granted twice");
            }
        }
    }

    private static void checkCharacters(PolicyRule rule) throws LanguageException {
        Optional<Integer> foreign = rule.group()
                .value()
                .chars()
                .filter(c -> c < FIRST_PRINTABLE && WRITABLE_CONTROLS.indexOf(c) < 0)
                .boxed()
                .findFirst();
        if (foreign.isPresent()) {
            throw refusal(
                    rule,
                    rule.group(),
                    String.format(
                            "Cedar has no way to write U+%04X, which is in the name of the group", foreign.get()));
        }
    }

    private static LanguageException refusal(PolicyRule rule, Located<?> place, String problem) {
        return new LanguageException(place.position(), "rule `" + rule.id().value() + "`: " + problem);
    }
}
