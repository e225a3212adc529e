package dev.omnigraph.controlplane.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

    private static final Principal ALICE = principal("alice");

    private Instant now = Instant.parse("2026-11-25T12:00:00Z");
    private final RateLimits limits = new RateLimits(10, 3, () -> now);

    @Test
    void whoHasSpentTheBurstWaitsForTheRate() {
        send(ALICE, 3);
        assertRefused(ALICE);
        now = now.plusMillis(99);
        assertRefused(ALICE);
        now = now.plusMillis(1);
        send(ALICE, 1);
        assertRefused(ALICE);
    }

    @Test
    void aLongPauseFillsTheBucketAndNoMore() {
        send(ALICE, 3);
        now = now.plus(Duration.ofDays(1));
        send(ALICE, 3);
        assertRefused(ALICE);
    }

    @Test
    void onePrincipalDoesNotSpendWhatIsAnothers() {
        send(ALICE, 3);
        send(principal("bob"), 3);
        send(new Principal(Optional.empty(), Set.of()), 3);
        assertRefused(ALICE);
    }

    @Test
    void aClockThatIsSetBackNeitherRefillsNorLocksOut() {
        send(ALICE, 3);
        now = now.minus(Duration.ofHours(1));
        assertRefused(ALICE);
        now = now.plusMillis(100);
        send(ALICE, 1);
    }

    @Test
    void soManyPrincipalsAreRemembered() {
        send(ALICE, 3);
        for (int i = 0; i < Budgets.MAX_NAMES; i++) {
            send(principal("robot-" + i), 1);
        }
        send(ALICE, 3);
    }

    @Test
    void zeroIsNoLimit() {
        RateLimits none = new RateLimits(0, 1, () -> now);
        assertThatNoException().isThrownBy(() -> {
            for (int i = 0; i < 1000; i++) {
                none.count(ALICE);
            }
        });
    }

    private void send(Principal principal, int requests) {
        for (int i = 0; i < requests; i++) {
            limits.count(principal);
        }
    }

    private void assertRefused(Principal principal) {
        assertThatThrownBy(() -> limits.count(principal)).isInstanceOfSatisfying(ProblemException.class, refusal -> {
            assertThat(refusal.problem().code()).isEqualTo("too_many_requests");
            assertThat(refusal.headers()).containsKey("Retry-After");
        });
    }

    private static Principal principal(String name) {
        return new Principal(Optional.of(name), Set.of());
    }
}
