package dev.omnigraph.controlplane.language.policy;

import java.util.Locale;

/** Which branches a condition holds on. */
public enum BranchScope {
    /** All, also where a request names none. */
    ANY,
    PROTECTED,
    UNPROTECTED;

    /** The word that bundles write. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
