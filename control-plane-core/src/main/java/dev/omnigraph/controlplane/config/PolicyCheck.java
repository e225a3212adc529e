package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.policy.PolicyBundle;
import dev.omnigraph.controlplane.language.policy.PolicyCompiler;
import dev.omnigraph.controlplane.language.policy.PolicyKind;
import dev.omnigraph.controlplane.language.policy.UnknownKey;
import java.util.List;
import java.util.Optional;

/**
 * What there is to say of a policy bundle.
 *
 * @param unknownKeys what a server ignores, in written order
 * @param refusal why a server does not take the bundle; empty where it does
 */
record PolicyCheck(List<UnknownKey> unknownKeys, Optional<String> refusal) {

    /** Stands for the graph: which one it is makes no difference to what is refused. */
    private static final String SOME_GRAPH = "graph";

    PolicyCheck {
        unknownKeys = List.copyOf(unknownKeys);
    }

    /**
     * Checks the bundle in a file.
     *
     * @param kind what it is loaded for; empty to look at the bundle alone
     */
    static PolicyCheck of(byte[] file, Optional<PolicyKind> kind) {
        PolicyBundle bundle;
        try {
            bundle = PolicyBundle.parse(file);
        } catch (LanguageException e) {
            return new PolicyCheck(List.of(), Optional.of(e.getMessage()));
        }
        try {
            if (kind.isPresent()) {
                compile(bundle, kind.get());
            }
            return new PolicyCheck(bundle.unknownKeys(), Optional.empty());
        } catch (LanguageException e) {
            return new PolicyCheck(bundle.unknownKeys(), Optional.of(e.getMessage()));
        }
    }

    private static void compile(PolicyBundle bundle, PolicyKind kind) throws LanguageException {
        switch (kind) {
            case GRAPH -> PolicyCompiler.forGraph(bundle, SOME_GRAPH);
            case SERVER -> PolicyCompiler.forServer(bundle);
        }
    }
}
