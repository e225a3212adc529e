package dev.omnigraph.controlplane.app.security.tokens;

import dev.omnigraph.controlplane.app.security.PrincipalName;
import dev.omnigraph.controlplane.app.security.Role;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One token of the file, in one line: {@code <id> <principal> <roles> <expiry> <hash>}.
 *
 * @param id a ULID; also a part of the token itself
 * @param roles at least one
 * @param expiresAt from then on the token is worth nothing; empty for one that does not expire
 */
record TokenEntry(String id, String principal, Set<Role> roles, Optional<Instant> expiresAt, TokenHash hash) {

    private static final Pattern ID = Pattern.compile("[0-9A-HJKMNP-TV-Z]{26}");
    private static final int FIELDS = 5;
    private static final String NEVER = "-";

    TokenEntry {
        roles = Set.copyOf(roles);
    }

    /** @throws TokenFileException when the line is of another form; the message repeats nothing of the hash */
    static TokenEntry parse(String line) throws TokenFileException {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields.length != FIELDS) {
            throw new TokenFileException("it has " + fields.length + " fields, not " + FIELDS);
        }
        if (!ID.matcher(fields[0]).matches()) {
            throw new TokenFileException("its first field is no ULID");
        }
        if (!PrincipalName.isOne(fields[1])) {
            throw new TokenFileException("its principal is not " + PrincipalName.FORM);
        }
        return new TokenEntry(
                fields[0],
                fields[1],
                roles(fields[2]),
                expiry(fields[3]),
                TokenHash.parse(fields[4])
                        .orElseThrow(() -> new TokenFileException("its last field is not sha256:<salt>:<hash>")));
    }

    /** The roles in a list such as {@code operator,approver}. */
    static Set<Role> roles(String list) throws TokenFileException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : list.split(",", -1)) {
            roles.add(Role.named(name).orElseThrow(() -> new TokenFileException("there is no role `" + name + "`")));
        }
        return roles;
    }

    String line() {
        return String.join(
                " ",
                id,
                principal,
                roles.stream().sorted().map(Role::wire).collect(Collectors.joining(",")),
                expiresAt.map(Instant::toString).orElse(NEVER),
                hash.text());
    }

    boolean isExpired(Instant now) {
        return expiresAt.filter(expiry -> !now.isBefore(expiry)).isPresent();
    }

    private static Optional<Instant> expiry(String field) throws TokenFileException {
        try {
            return field.equals(NEVER) ? Optional.empty() : Optional.of(Instant.parse(field));
        } catch (DateTimeException e) {
            throw new TokenFileException("its expiry is neither `-` nor a time such as 2027-01-31T00:00:00Z");
        }
    }
}
