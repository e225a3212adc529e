package dev.omnigraph.controlplane.storage.s3;

import dev.omnigraph.controlplane.id.Pause;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * How often a request without a definite answer is repeated, and how long is waited in between: about twice as long each
 * time, by chance a little more or less, so that many callers do not come back at the same moment.
 */
final class Patience {

    private static final int ATTEMPTS = 7;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

    private final int attempts;
    private final Pause pause;
    private final RandomGenerator random;

    private Patience(int attempts, Pause pause, RandomGenerator random) {
        this.attempts = attempts;
        this.pause = pause;
        this.random = random;
    }

    /** Seven attempts over about six seconds, besides what the attempts take themselves. */
    static Patience standard(Pause pause, RandomGenerator random) {
        return new Patience(ATTEMPTS, pause, random);
    }

    /** Attempts until one has a result; empty where none had, or the waiting thread was told to stop. */
    <T> Optional<T> firstOf(Supplier<Optional<T>> attempt) {
        return repeated(attempt, Optional::isPresent);
    }

    /** The first clear answer to a request that may be sent again whatever came of it; else the last one. */
    <T> S3Answer<T> answered(Supplier<S3Answer<T>> request) {
        return repeated(request, Patience::isClear);
    }

    private <T> T repeated(Supplier<T> attempt, Predicate<T> isDefinite) {
        Duration wait = FIRST_PAUSE;
        for (int made = 1; ; made++) {
            T result = attempt.get();
            if (made == attempts || isDefinite.test(result) || !waited(wait)) {
                return result;
            }
            wait = shorter(wait.multipliedBy(2), LONGEST_PAUSE);
        }
    }

    private static boolean isClear(S3Answer<?> answer) {
        return answer instanceof S3Answer.Done || (answer instanceof S3Answer.Denied<?> denied && !denied.isConflict());
    }

    private boolean waited(Duration wait) {
        try {
            long half = wait.toMillis() / 2;
            pause.forDuration(Duration.ofMillis(half + random.nextLong(half + 1)));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
