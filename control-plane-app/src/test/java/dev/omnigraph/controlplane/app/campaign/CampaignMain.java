package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.testing.EngineProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opentest4j.TestAbortedException;

/**
 * The whole campaign: work folder, then {@code copies} or nothing, then faults and scenarios by name; all faults where none
 * is named, all scenarios where none is.
 */
final class CampaignMain {

    private static final String COPIES = "copies";

    private CampaignMain() {}

    public static void main(String[] arguments) throws IOException {
        List<String> names = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
        boolean copies = names.remove(COPIES);
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        for (Fault fault : Fault.values()) {
            if (names.remove(fault.wire())) {
                faults.add(fault);
            }
        }
        Figures figures = new Figures();
        Campaign campaign = new Campaign(
                Path.of(arguments[0]),
                copies ? Campaign.Deaths.AS_COPIES : Campaign.Deaths.OF_PROCESSES,
                figures,
                System.out);
        engine().ifPresent(campaign::compareWith);
        for (Scenario scenario : new Scenarios(Path.of(arguments[0], "bases")).all()) {
            if (names.isEmpty() || names.contains(scenario.name())) {
                campaign.run(scenario, faults.isEmpty() ? EnumSet.allOf(Fault.class) : faults, passing -> true);
            }
        }
        figures.print(System.out);
        if (names.isEmpty()) {
            Set<String> missing = Unpassed.unexplained(figures.points());
            missing.forEach(point -> System.out.println("passed by no scenario: " + point));
            System.exit(figures.violations().isEmpty() && missing.isEmpty() ? 0 : 1);
        }
        System.exit(figures.violations().isEmpty() ? 0 : 1);
    }

    private static Optional<EngineProgram> engine() {
        try {
            return Optional.of(EngineProgram.require());
        } catch (TestAbortedException notHere) {
            return Optional.empty(); // it has said so
        }
    }
}
