package dev.omnigraph.controlplane.recovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A table as people write it: conditions first, then what follows from them. A condition is one value, several between
 * slashes, or {@code any}. Every combination of values has to be in it, and only once.
 */
final class DecisionTable {

    private final Map<List<String>, List<String>> rows = new LinkedHashMap<>();

    /**
     * Reads a table.
     *
     * @param values of each condition, in the order of the columns
     * @throws IllegalArgumentException where a combination is missing, stands there twice, or is none
     */
    DecisionTable(List<List<String>> values, String text) {
        text.lines()
                .map(DecisionTable::cells)
                .forEach(cells -> combinations(conditions(values, cells))
                        .forEach(combination -> add(combination, cells.subList(values.size(), cells.size()))));
        List<List<String>> missing = combinations(values).stream()
                .filter(combination -> !rows.containsKey(combination))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("nothing is said of " + missing);
        }
    }

    /** Every combination with what follows from it. */
    Stream<Map.Entry<List<String>, List<String>>> rows() {
        return rows.entrySet().stream();
    }

    private void add(List<String> combination, List<String> consequences) {
        if (rows.put(combination, consequences) != null) {
            throw new IllegalArgumentException("two rows are about " + combination);
        }
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|")).map(String::strip).toList();
    }

    private static List<List<String>> conditions(List<List<String>> values, List<String> cells) {
        List<List<String>> conditions = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            List<String> named = cells.get(i).equals("any")
                    ? values.get(i)
                    : Arrays.stream(cells.get(i).split("/")).map(String::strip).toList();
            if (!values.get(i).containsAll(named)) {
                throw new IllegalArgumentException(cells.get(i) + " is none of " + values.get(i));
            }
            conditions.add(named);
        }
        return conditions;
    }

    private static List<List<String>> combinations(List<List<String>> values) {
        List<List<String>> combinations = List.of(List.of());
        for (List<String> next : values) {
            combinations = combinations.stream()
                    .flatMap(begun -> next.stream().map(value -> {
                        List<String> longer = new ArrayList<>(begun);
                        longer.add(value);
                        return List.copyOf(longer);
                    }))
                    .toList();
        }
        return combinations;
    }
}
