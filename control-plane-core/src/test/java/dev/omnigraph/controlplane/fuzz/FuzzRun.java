package dev.omnigraph.controlplane.fuzz;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The long run, by {@code ./fuzz [seconds [seed]]}: all targets in turn, the recorded sources among the originals. */
public final class FuzzRun {

    private static final int TEXTS_IN_TURN = 200;

    private FuzzRun() {}

    /** Arguments: seconds, seed. Ends with status 1 where a text was not coped with. */
    public static void main(String[] arguments) {
        Duration time = Duration.ofSeconds(Long.parseLong(arguments[0]));
        long seed = Long.parseLong(arguments[1]);
        List<Fuzzer> fuzzers = FuzzTargets.ALL.stream()
                .map(target -> new Fuzzer(target, target.recorded().read(), seed, Fuzzer.Limits.DEFAULT))
                .toList();
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end
                && fuzzers.stream().allMatch(fuzzer -> fuzzer.findings().isEmpty())) {
            fuzzers.forEach(fuzzer -> fuzzer.run(TEXTS_IN_TURN));
        }
        System.out.printf("seed %d, %d s%n", seed, time.toSeconds());
        fuzzers.forEach(FuzzRun::report);
        if (fuzzers.stream().anyMatch(fuzzer -> !fuzzer.findings().isEmpty())) {
            System.exit(1);
        }
    }

    private static void report(Fuzzer fuzzer) {
        System.out.printf(
                Locale.ROOT,
                "%-8s %9d texts, %5.1f %% accepted, %d findings%n",
                fuzzer.target().name(),
                fuzzer.texts(),
                100.0 * fuzzer.accepted() / fuzzer.texts(),
                fuzzer.findings().size());
        for (Fuzzer.Finding finding : fuzzer.findings()) {
            System.out.println("text " + finding.number() + ":\n" + finding.text());
            finding.cause().printStackTrace(System.out);
        }
    }
}
