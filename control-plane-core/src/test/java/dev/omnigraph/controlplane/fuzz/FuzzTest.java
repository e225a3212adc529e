package dev.omnigraph.controlplane.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The slice of every build: the same texts each time. */
class FuzzTest {

    private static final int TEXTS = 2_000;
    private static final long SEED = 1;

    static Stream<FuzzTarget> targets() {
        return FuzzTargets.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void anyTextIsAcceptedOrRefused(FuzzTarget target) {
        try (Fuzzer fuzzer = new Fuzzer(target, List.of(), SEED, Fuzzer.Limits.DEFAULT)) {
            assertThat(target.originals()).anyMatch(text -> target.accepts(text, new Random(SEED)));
            fuzzer.run(TEXTS);

            assertThat(fuzzer.findings()).isEmpty();
            assertThat(fuzzer.texts()).isEqualTo(TEXTS);
            assertThat(fuzzer.accepted()).as("texts that still have a meaning").isBetween(TEXTS / 50L, TEXTS * 9L / 10);
        }
    }

    /** A fuzzer that finds nothing says nothing, unless it finds what is there. */
    @Test
    void whatATargetDoesNotCopeWithIsFound() {
        assertThat(findingsOf("!"))
                .isNotEmpty()
                .extracting(Fuzzer.Finding::cause)
                .hasOnlyElementsOfType(IllegalStateException.class);
        assertThat(findingsOf("%"))
                .isNotEmpty()
                .extracting(Fuzzer.Finding::cause)
                .hasOnlyElementsOfType(StackOverflowError.class);
        assertThat(findingsOf("?"))
                .extracting(finding -> finding.cause().getMessage())
                .anySatisfy(message -> assertThat(message).endsWith("bytes were allocated"));
        assertThat(findingsOf("~"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.cause()).hasMessageStartingWith("no answer within"));
    }

    @Test
    void theSameSeedBringsTheSameTexts() {
        assertThat(findingsOf("!"))
                .extracting(Fuzzer.Finding::text)
                .isEqualTo(findingsOf("!").stream().map(Fuzzer.Finding::text).toList());
    }

    private static List<Fuzzer.Finding> findingsOf(String fragment) {
        Fuzzer.Limits limits = new Fuzzer.Limits(Duration.ofSeconds(1), 1 << 20);
        try (Fuzzer fuzzer = new Fuzzer(new Brittle(fragment), List.of(), SEED, limits)) {
            fuzzer.run(TEXTS);
            return fuzzer.findings();
        }
    }

    /** Recurses at a percent sign, throws at an exclamation mark, is wasteful with a question, and lost with a tilde. */
    private record Brittle(String fragment) implements FuzzTarget {

        @Override
        public String name() {
            return "brittle";
        }

        @Override
        public List<String> originals() {
            return List.of("abc(x)");
        }

        @Override
        public List<String> fragments() {
            return List.of("(", fragment);
        }

        @Override
        public RecordedTexts recorded() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean accepts(String text, RandomGenerator random) {
            if (text.contains("!")) {
                throw new IllegalStateException("an exclamation");
            }
            while (text.contains("~") && !Thread.interrupted()) {
                Thread.onSpinWait();
            }
            byte[] memory = new byte[text.contains("?") ? 2 << 20 : 0];
            return (text.contains("%") ? depth(0) : 0) == memory.length;
        }

        /** Deeper than any stack. */
        private static int depth(int index) {
            return index < 0 ? 0 : 1 + depth(index + 1);
        }
    }
}
