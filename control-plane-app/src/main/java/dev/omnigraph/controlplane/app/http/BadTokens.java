package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/**
 * How many tokens that are worth nothing may come from one address. Only those are counted and refused: whoever has a good
 * one is let in, whatever else comes from where he is. Thread-safe.
 */
public final class BadTokens {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Pattern IPV4 = Pattern.compile("[0-9.]{7,15}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}(%.*)?");

    /** Whoever has one address of version 6 has all with the same first half. */
    private static final int NETWORK_BYTES = 8;

    /** A proxy may pass on what is no address; what it passes on is not remembered. */
    private static final String NO_ADDRESS = "";

    private final int perMinute;
    private final Budgets budgets;

    /** @param perMinute also what may come at once; zero for no limit at all */
    public BadTokens(int perMinute, InstantSource clock) {
        this.perMinute = perMinute;
        this.budgets = new Budgets((double) perMinute / MINUTE.toSeconds(), perMinute, clock);
    }

    /**
     * Counts a token that was refused.
     *
     * @return the refusal, or {@code too_many_bad_tokens} in its place when the address has had its share
     */
    ProblemException count(String address, ProblemException refusal) {
        if (perMinute == 0 || budgets.take(network(address))) {
            return refusal;
        }
        return new ProblemException(Problem.of(
                        ProblemCode.TOO_MANY_BAD_TOKENS,
                        "one address may send " + perMinute + " tokens a minute that are not valid; nothing was read or"
                                + " changed"))
                .withHeader(HttpHeaders.RETRY_AFTER, Long.toString(secondsForOne()));
    }

    private long secondsForOne() {
        return (MINUTE.toSeconds() + perMinute - 1) / perMinute;
    }

    static String network(String address) {
        if (IPV4.matcher(address).matches()) {
            return address;
        }
        return address.contains(":") && IPV6.matcher(address).matches() ? networkOfVersion6(address) : NO_ADDRESS;
    }

    /** With a colon in it nobody is asked for the address of a name. */
    private static String networkOfVersion6(String address) {
        try {
            InetAddress parsed = InetAddress.getByName(address.replaceAll("%.*", ""));
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                    : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return NO_ADDRESS;
        }
    }
}
