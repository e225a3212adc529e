package dev.omnigraph.controlplane.app.security.tokens;

import dev.omnigraph.controlplane.app.security.PrincipalName;
import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.id.UlidSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The command {@code ./token}: makes tokens, writes their hashes into the token file, and takes them out again. A new
 * token goes to standard output, once, and nowhere else.
 */
public final class TokenCommand {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final String USAGE = """
            usage: token create FILE PRINCIPAL ROLES [VALID]   prints a new token, stores its hash in FILE
                   token revoke FILE ID                        takes the token with this id out of FILE
                   token list FILE                             prints id, principal, roles and expiry

              PRINCIPAL  the name that goes into records: 1 to 256 printable ASCII characters without spaces
              ROLES      viewer, operator, approver, admin; several separated by commas
              VALID      how long, such as P90D; without it the token does not expire
            """;

    private final TokenIssuer issuer;
    private final InstantSource clock;
    private final PrintStream out;
    private final PrintStream err;

    TokenCommand(TokenIssuer issuer, InstantSource clock, PrintStream out, PrintStream err) {
        this.issuer = issuer;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        TokenCommand command = new TokenCommand(
                new TokenIssuer(new UlidSource(), new SecureRandom()), Clock.systemUTC(), System.out, System.err);
        System.exit(command.run(List.of(arguments)));
    }

    /** Does what the arguments say and tells the exit code. */
    int run(List<String> arguments) {
        try {
            return dispatch(arguments);
        } catch (TokenFileException | IOException e) {
            err.println("nothing was changed: " + e.getMessage());
            return FAILED;
        }
    }

    private int dispatch(List<String> arguments) throws TokenFileException, IOException {
        String verb = arguments.isEmpty() ? "" : arguments.get(0);
        int given = arguments.size() - 1;
        if (verb.equals("create") && (given == 3 || given == 4)) {
            return create(
                    new TokenFileEdit(Path.of(arguments.get(1))),
                    arguments.get(2),
                    TokenEntry.roles(arguments.get(3)),
                    given == 4 ? Optional.of(arguments.get(4)) : Optional.empty());
        } else if (verb.equals("revoke") && given == 2) {
            return revoke(new TokenFileEdit(Path.of(arguments.get(1))), arguments.get(2));
        } else if (verb.equals("list") && given == 1) {
            return list(Path.of(arguments.get(1)));
        }
        err.print(USAGE);
        return MISUSED;
    }

    private int create(TokenFileEdit file, String principal, Set<Role> roles, Optional<String> valid)
            throws TokenFileException, IOException {
        if (!PrincipalName.isOne(principal)) {
            throw new TokenFileException("the principal is not " + PrincipalName.FORM);
        }
        Optional<Instant> expiresAt = valid.isEmpty() ? Optional.empty() : Optional.of(expiry(valid.get()));
        TokenIssuer.Issued issued = issuer.issue(principal, roles, expiresAt);
        file.add(issued.entry());
        err.println("token " + issued.entry().id() + " of " + principal + "; it is shown this once:");
        out.println(issued.token().reveal());
        return DONE;
    }

    private int revoke(TokenFileEdit file, String id) throws TokenFileException, IOException {
        if (!file.remove(id)) {
            err.println("nothing was changed: the file has no token " + id);
            return FAILED;
        }
        err.println("token " + id + " is revoked; a running service notices within seconds");
        return DONE;
    }

    private int list(Path file) throws TokenFileException {
        TokenList.read(file).entries().values().stream()
                .sorted(Comparator.comparing(TokenEntry::id))
                .map(entry -> entry.line().substring(0, entry.line().lastIndexOf(' ')))
                .forEach(out::println);
        return DONE;
    }

    private Instant expiry(String valid) throws TokenFileException {
        try {
            Period period = Period.parse(valid);
            if (period.isZero() || period.isNegative()) {
                throw new TokenFileException("a token is valid for at least a day, not " + valid);
            }
            return clock.instant()
                    .truncatedTo(ChronoUnit.SECONDS)
                    .atOffset(ZoneOffset.UTC)
                    .plus(period)
                    .toInstant();
        } catch (DateTimeException e) {
            throw new TokenFileException("`" + valid + "` is no period such as P90D");
        }
    }
}
