package dev.omnigraph.controlplane.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.security.BearerToken;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadTokensTest {

    private static final String HERE = "192.0.2.7";
    private final ProblemException refusal = BearerToken.refused("it is not known");

    private Instant now = Instant.parse("2026-11-25T12:00:00Z");
    private final BadTokens tokens = new BadTokens(3, () -> now);

    @Test
    void soManyAreRefusedAsWhatTheyAreAndMoreAsTooMany() {
        for (int i = 0; i < 3; i++) {
            assertThat(tokens.count(HERE, refusal)).isSameAs(refusal);
        }
        ProblemException tooMany = tokens.count(HERE, refusal);
        assertThat(tooMany.problem().code()).isEqualTo("too_many_bad_tokens");
        assertThat(tooMany.headers()).containsEntry("Retry-After", "20");

        now = now.plusSeconds(20);
        assertThat(tokens.count(HERE, refusal)).isSameAs(refusal);
        assertThat(tokens.count(HERE, refusal)).isNotSameAs(refusal);
    }

    @Test
    void oneAddressDoesNotSpendWhatIsAnothers() {
        for (int i = 0; i < 4; i++) {
            tokens.count(HERE, refusal);
        }
        assertThat(tokens.count("192.0.2.8", refusal)).isSameAs(refusal);
    }

    @Test
    void zeroIsNoLimit() {
        BadTokens none = new BadTokens(0, () -> now);
        for (int i = 0; i < 1000; i++) {
            assertThat(none.count(HERE, refusal)).isSameAs(refusal);
        }
    }

    /** What a proxy passes on comes from a client, who must not have names looked up nor long texts kept. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    192.0.2.7                    | 192.0.2.7
                    2001:db8:1:2:3:4:5:6         | 20010db800010002
                    2001:db8:1:2::9              | 20010db800010002
                    2001:db8:1:3::9              | 20010db800010003
                    fe80::1%eth0                 | fe80000000000000
                    ::ffff:192.0.2.7             | 192.0.2.7
                    1:2                          | ''
                    evil.example                 | ''
                    a:evil.example               | ''
                    11111111111111111111111111   | ''
                    """)
    void anAddressStandsForItsNetwork(String address, String network) {
        assertThat(BadTokens.network(address)).isEqualTo(network);
    }
}
