package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.testing.EngineProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.opentest4j.TestAbortedException;

/**
 * The whole campaign: work folder, then {@code copies} or nothing, then faults and scenarios by name; all faults where none
 * is named, all scenarios where none is. What it has come to is told whenever it ends, also where somebody ends it.
 */
final class CampaignMain {

    private static final String COPIES = "copies";

    private final List<Part> parts = new CopyOnWriteArrayList<>();

    private CampaignMain() {}

    /** What one scenario has come to, and how long it took if it is at its end. */
    private static final class Part {

        private final Scenario scenario;
        private final Figures figures = new Figures();
        private final long began = System.nanoTime();
        private volatile Optional<Duration> took = Optional.empty();

        Part(Scenario scenario) {
            this.scenario = scenario;
        }

        void ended() {
            took = Optional.of(Duration.ofNanos(System.nanoTime() - began));
        }

        @Override
        public String toString() {
            return scenario + ": " + figures.line()
                    + took.map(time -> ", in " + time.toSeconds() + " s").orElse(", and was ended before its end");
        }
    }

    public static void main(String[] arguments) throws IOException {
        List<String> names = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
        Campaign.Deaths deaths = names.remove(COPIES) ? Campaign.Deaths.AS_COPIES : Campaign.Deaths.OF_PROCESSES;
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        for (Fault fault : Fault.values()) {
            if (names.remove(fault.wire())) {
                faults.add(fault);
            }
        }
        CampaignMain main = new CampaignMain();
        Runtime.getRuntime().addShutdownHook(new Thread(main::atTheEnd, "figures"));
        main.run(Path.of(arguments[0]), deaths, faults.isEmpty() ? EnumSet.allOf(Fault.class) : faults, names);
        Figures whole = main.whole();
        boolean held = whole.violations().isEmpty();
        if (names.isEmpty()) {
            Set<String> missing = Unpassed.unexplained(whole.points());
            missing.forEach(point -> System.out.println("passed by no scenario: " + point));
            held &= missing.isEmpty();
        }
        System.exit(held ? 0 : 1);
    }

    private void run(Path work, Campaign.Deaths deaths, Set<Fault> faults, List<String> names) throws IOException {
        Optional<EngineProgram> engine = engine();
        List<String> options =
                deaths == Campaign.Deaths.OF_PROCESSES ? QuickStart.options(work.resolve("quick-start")) : List.of();
        for (Scenario scenario : new Scenarios(work.resolve("bases")).all()) {
            if (names.isEmpty() || names.contains(scenario.name())) {
                Part part = new Part(scenario);
                parts.add(part);
                Campaign campaign = new Campaign(work, deaths, part.figures, System.out);
                campaign.startWith(options);
                engine.ifPresent(campaign::compareWith);
                campaign.run(scenario, faults, passing -> true);
                part.ended();
                System.out.println(part);
            }
        }
    }

    /** Processes that still run would outlive this one. */
    private void atTheEnd() {
        parts.forEach(System.out::println);
        whole().print(System.out);
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    }

    private Figures whole() {
        Figures whole = new Figures();
        parts.forEach(part -> whole.add(part.figures));
        return whole;
    }

    private static Optional<EngineProgram> engine() {
        try {
            return Optional.of(EngineProgram.require());
        } catch (TestAbortedException notHere) {
            return Optional.empty(); // it has said so
        }
    }
}
