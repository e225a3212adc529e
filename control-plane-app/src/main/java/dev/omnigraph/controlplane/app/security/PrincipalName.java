package dev.omnigraph.controlplane.app.security;

import java.util.regex.Pattern;

/** Names of principals go into records, logs and graph commits, so that they are of one plain form. */
public final class PrincipalName {

    /** What a name looks like, for messages. */
    public static final String FORM = "1 to 256 printable ASCII characters without spaces";

    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,256}");

    private PrincipalName() {}

    public static boolean isOne(String text) {
        return NAME.matcher(text).matches();
    }
}
