package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import java.util.regex.Pattern;

/** The names that resources may have (control-plane.md 2.8). */
final class ResourceIds {

    private static final Pattern ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    private ResourceIds() {}

    /**
     * Reports a name that is none; what it names is loaded all the same.
     *
     * @param kind what is named, for the message
     */
    static void check(String kind, String id, String path, Draft draft) {
        if (!ID.matcher(id).matches()) {
            draft.report(
                    DiagnosticCode.INVALID_RESOURCE_ID,
                    path,
                    "`" + id + "` cannot be the name of a " + kind
                            + ": a name begins with an ASCII letter or an underscore and goes on with ASCII letters,"
                            + " digits, underscores and hyphens");
        }
    }
}
