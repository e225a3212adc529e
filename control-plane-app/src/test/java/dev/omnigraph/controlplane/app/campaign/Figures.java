package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.app.testing.Passing;
import dev.omnigraph.controlplane.fault.FaultPoint;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a campaign has come to so far. Thread-safe: they are told whenever it ends, by itself or not. */
final class Figures {

    private final Set<FaultPoint> points = EnumSet.noneOf(FaultPoint.class);
    private final Map<Fault, Integer> runs = new EnumMap<>(Fault.class);
    private final Map<String, Integer> conditions = new TreeMap<>();
    private final Map<Deviation, Integer> deviated = new EnumMap<>(Deviation.class);
    private final List<String> violations = new ArrayList<>();
    private int passings;
    private int compared;

    synchronized void passed(List<Passing> all) {
        passings += all.size();
        all.forEach(passing -> points.add(passing.point()));
    }

    synchronized void passedWhileRecovering(List<Passing> all) {
        all.forEach(passing -> points.add(passing.point()));
    }

    synchronized void ran(Fault fault, Set<String> named, List<String> violated) {
        runs.merge(fault, 1, Integer::sum);
        named.forEach(condition -> conditions.merge(condition, 1, Integer::sum));
        violations.addAll(violated);
    }

    /** The engine's own tool took over what a death left. */
    synchronized void compared(Set<Deviation> deviations, Optional<String> violation) {
        compared++;
        deviations.forEach(deviation -> deviated.merge(deviation, 1, Integer::sum));
        violation.ifPresent(violations::add);
    }

    synchronized void violated(String violation) {
        violations.add(violation);
    }

    /** Every point that a command or a recovery came to. */
    synchronized Set<FaultPoint> points() {
        return Set.copyOf(points);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized int runs() {
        return runs.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** What others came to since is no part of these. */
    synchronized void add(Figures others) {
        synchronized (others) {
            points.addAll(others.points);
            passings += others.passings;
            others.runs.forEach((fault, number) -> runs.merge(fault, number, Integer::sum));
            others.conditions.forEach((condition, number) -> conditions.merge(condition, number, Integer::sum));
            compared += others.compared;
            others.deviated.forEach((deviation, number) -> deviated.merge(deviation, number, Integer::sum));
            violations.addAll(others.violations);
        }
    }

    /** All that is counted, in one line. */
    synchronized String line() {
        StringBuilder line = new StringBuilder(points.size() + " points, " + passings + " passings");
        runs.forEach(
                (fault, number) -> line.append(", ").append(number).append(' ').append(fault.wire()));
        return line.append(", ").append(violations.size()).append(" violations").toString();
    }

    synchronized void print(PrintStream out) {
        out.printf("fault points passed   %d of %d%n", points.size(), FaultPoint.values().length);
        out.printf("passings              %d%n", passings);
        runs.forEach((fault, number) -> out.printf("runs, %-15s %d%n", fault.wire(), number));
        out.printf("compared with the engine's own tool  %d%n", compared);
        deviated.forEach((deviation, number) ->
                out.printf("it differs as is documented  %s, %d times%n", deviation.title(), number));
        conditions.forEach(
                (condition, number) -> out.printf("named and met         %s, %d times%n", condition, number));
        out.printf("violations            %d%n", violations.size());
        violations.forEach(violation -> out.println("  " + violation));
    }
}
