package dev.omnigraph.controlplane.storage.s3;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether a history is one that a single machine could have had, which does one thing after the other: for each object there
 * is an order of the operations in which each has the effect and the answer that it had, and none comes before one that had
 * ended when it began. Objects may be looked at one by one: a history is linearizable where that of each object is.
 *
 * <p>The search is the one of Wing and Gong, with Lowe's memory of what was tried. What ended without an answer comes at any
 * time after it began, or never. What changes nothing and fits is placed at once: no order gains by its coming later.
 */
final class Linearizability {

    private final List<HistoryOperation> operations;
    private final Set<Placement> tried = new HashSet<>();
    private final Deque<Step> steps = new ArrayDeque<>();
    private BitSet placed = new BitSet();
    private Optional<String> present = Optional.empty();

    /** Which operations have their place, and what stands there after them. */
    private record Placement(BitSet placed, Optional<String> present) {}

    /** An operation was placed, where something stood. */
    private record Step(int operation, Optional<String> before) {}

    private Linearizability(List<HistoryOperation> operations) {
        this.operations = operations.stream()
                .sorted(Comparator.comparingLong(HistoryOperation::from))
                .toList();
    }

    /** What is wrong with a history of objects that are not there at first; empty where it is linearizable. */
    static List<String> violations(List<HistoryOperation> history) {
        Map<String, List<HistoryOperation>> byObject = history.stream()
                .collect(Collectors.groupingBy(HistoryOperation::object, TreeMap::new, Collectors.toList()));
        return byObject.values().stream()
                .map(operations -> new Linearizability(operations).violation())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> violation() {
        BitSet furthest = new BitSet();
        int candidate = 0;
        while (earliestEnd() < Long.MAX_VALUE) {
            int next = nextThatFits(candidate);
            if (next >= 0) {
                place(next);
                candidate = 0;
                if (placed.cardinality() > furthest.cardinality()) {
                    furthest = (BitSet) placed.clone();
                }
            } else {
                candidate = takeBack() + 1;
                if (candidate == 0) {
                    return Optional.of(described(furthest));
                }
            }
        }
        return Optional.empty();
    }

    /** When the first of those ended that were answered and have no place yet. */
    private long earliestEnd() {
        long earliest = Long.MAX_VALUE;
        for (int number = placed.nextClearBit(0);
                number < operations.size();
                number = placed.nextClearBit(number + 1)) {
            HistoryOperation operation = operations.get(number);
            if (operation.from() > earliest) {
                break;
            }
            if (operation.outcome() != HistoryOperation.Outcome.UNKNOWN) {
                earliest = Math.min(earliest, operation.until());
            }
        }
        return earliest;
    }

    /** The first operation, beginning with this one, that may come now and was not tried here; -1 where there is none. */
    private int nextThatFits(int first) {
        long earliestEnd = earliestEnd();
        for (int number = placed.nextClearBit(first);
                number < operations.size() && operations.get(number).from() <= earliestEnd;
                number = placed.nextClearBit(number + 1)) {
            if (operations.get(number).fits(present) && isNew(number)) {
                return number;
            }
        }
        return -1;
    }

    private boolean isNew(int number) {
        BitSet with = (BitSet) placed.clone();
        with.set(number);
        return tried.add(new Placement(with, operations.get(number).after(present)));
    }

    private void place(int number) {
        steps.push(new Step(number, present));
        placed.set(number);
        present = operations.get(number).after(present);
    }

    /** Back to before the last operation that could also have come later; its number, or -1 where there is none. */
    private int takeBack() {
        while (!steps.isEmpty()) {
            Step last = steps.pop();
            placed.clear(last.operation());
            present = last.before();
            if (!operations.get(last.operation()).changesNothing()) {
                return last.operation();
            }
        }
        return -1;
    }

    private String described(BitSet furthest) {
        placed = furthest;
        long earliestEnd = earliestEnd();
        String stuck = operations.stream()
                .filter(operation -> !furthest.get(operations.indexOf(operation)))
                .filter(operation -> operation.from() <= earliestEnd)
                .map(HistoryOperation::line)
                .collect(Collectors.joining("\n  "));
        return "after " + furthest.cardinality() + " of " + operations.size()
                + " operations none of these can have come next:\n  " + stuck;
    }
}
