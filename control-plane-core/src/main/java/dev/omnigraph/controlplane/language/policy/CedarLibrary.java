package dev.omnigraph.controlplane.language.policy;

import com.cedarpolicy.BasicAuthorizationEngine;
import java.util.List;
import java.util.Optional;

/** Finds out once whether Cedar's native library can be used in this process. */
final class CedarLibrary {

    static final CedarEngine ENGINE = load();

    private CedarLibrary() {}

    /** Stands in where there is no Cedar: refuses no policy and decides nothing. */
    private record Missing(String reason) implements CedarEngine {

        @Override
        public Optional<String> refusal(List<CedarPolicy> policies) {
            return Optional.empty();
        }

        @Override
        public Answer decide(Question question, List<CedarPolicy> policies) {
            return new Answer.Undecided(reason);
        }
    }

    private static CedarEngine load() {
        try {
            return new CedarBinding(new BasicAuthorizationEngine());
        } catch (LinkageError e) {
            return new Missing("the native library of Cedar cannot be loaded on " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch") + ": " + e.getMessage());
        }
    }
}
