package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.policy.PolicyBundle;
import dev.omnigraph.controlplane.language.policy.PolicyCompiler;
import dev.omnigraph.controlplane.language.policy.PolicyKind;
import dev.omnigraph.controlplane.language.policy.UnknownKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What there is to say of a policy bundle.
 *
 * @param unknownKeys what a server ignores, in written order
 * @param refusal why a server does not take the bundle; empty where it does
 */
record PolicyCheck(List<UnknownKey> unknownKeys, Optional<String> refusal) {

    /** Unknown keys that a message shows; of the others it tells the number. */
    static final int MAX_KEYS_SHOWN = 10;

    /** Of longer keys only the beginning is shown. */
    private static final int MAX_KEY_CHARACTERS = 100;

    /** Stands for the graph: which one it is makes no difference to what is refused. */
    private static final String SOME_GRAPH = "graph";

    PolicyCheck {
        unknownKeys = List.copyOf(unknownKeys);
    }

    /**
     * Checks the bundle in a file.
     *
     * @param kind what it is loaded for; where that is not known, what its first rule is for
     */
    static PolicyCheck of(byte[] file, Optional<PolicyKind> kind) {
        PolicyBundle bundle;
        try {
            bundle = PolicyBundle.parse(file);
        } catch (LanguageException e) {
            return new PolicyCheck(List.of(), Optional.of(Excerpts.message(e, file)));
        }
        try {
            compile(bundle, kind.orElseGet(() -> kindOf(bundle)));
            return new PolicyCheck(bundle.unknownKeys(), Optional.empty());
        } catch (LanguageException e) {
            return new PolicyCheck(bundle.unknownKeys(), Optional.of(Excerpts.message(e, file)));
        }
    }

    /** For a message: the keys that a server ignores; empty where there are none. */
    Optional<String> ignoredKeys() {
        if (unknownKeys.isEmpty()) {
            return Optional.empty();
        }
        String shown = unknownKeys.stream()
                .limit(MAX_KEYS_SHOWN)
                .map(PolicyCheck::describe)
                .collect(Collectors.joining(", "));
        int more = unknownKeys.size() - MAX_KEYS_SHOWN;
        return Optional.of("keys that a server ignores, so that it may grant more than is meant: " + shown
                + (more > 0 ? ", and " + more + " more" : ""));
    }

    private static String describe(UnknownKey key) {
        String path = key.path();
        String shown = path.length() > MAX_KEY_CHARACTERS ? path.substring(0, MAX_KEY_CHARACTERS) + "…" : path;
        return "`" + shown + "` in line " + key.position().line()
                + key.meant().map(meant -> " (did you mean `" + meant + "`?)").orElse("");
    }

    /** A rule is for one kind only, and so can be a bundle; one without rules can be for either. */
    private static PolicyKind kindOf(PolicyBundle bundle) {
        return bundle.rules().stream()
                .map(rule -> rule.actions().get(0).value().kind())
                .findFirst()
                .orElse(PolicyKind.GRAPH);
    }

    private static void compile(PolicyBundle bundle, PolicyKind kind) throws LanguageException {
        switch (kind) {
            case GRAPH -> PolicyCompiler.forGraph(bundle, SOME_GRAPH);
            case SERVER -> PolicyCompiler.forServer(bundle);
        }
    }
}
