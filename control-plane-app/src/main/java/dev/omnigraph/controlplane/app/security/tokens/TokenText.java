package dev.omnigraph.controlplane.app.security.tokens;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token as its holder sends it: a prefix that secret scanners can be taught, the id of its entry, and the secret.
 *
 * @param secret 32 random bytes in base64url without padding
 */
record TokenText(String id, String secret) {

    static final String PREFIX = "ogcp_";

    private static final Pattern FORM = Pattern.compile(PREFIX + "([0-9A-HJKMNP-TV-Z]{26})_([A-Za-z0-9_-]{43})");

    static Optional<TokenText> parse(String token) {
        Matcher form = FORM.matcher(token);
        return form.matches() ? Optional.of(new TokenText(form.group(1), form.group(2))) : Optional.empty();
    }

    /** The whole token. For its holder only. */
    String reveal() {
        return PREFIX + id + "_" + secret;
    }

    @Override
    public String toString() {
        return PREFIX + id + "_…";
    }
}
