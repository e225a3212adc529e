package dev.omnigraph.controlplane.app.replay;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.ledger.WireTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares values with recorded ones that hold placeholders: wording, times and process ids only have to be of their kind;
 * the n-th recorded identifier always has to be the same actual one, and no two may share one. Used for one scenario.
 */
final class Comparison {

    private static final String ULID = "[0-9A-HJKMNP-TV-Z]{26}";
    private static final Pattern RECORDED_ID = Pattern.compile("\\$\\{ULID:\\d+}");

    private final UnaryOperator<String> placed;
    private final Map<String, String> actualOfRecordedId = new HashMap<>();
    private final List<String> differences = new ArrayList<>();

    /** @param placed puts the places of this run into a recorded text */
    Comparison(UnaryOperator<String> placed) {
        this.placed = placed;
    }

    /** Everything that was found to differ, each with its place. */
    List<String> differences() {
        return List.copyOf(differences);
    }

    void note(String place, String difference) {
        differences.add(place + ": " + difference);
    }

    /** Compares an answer, which may have members that the recording has not. */
    void answer(String place, JsonValue recorded, JsonValue actual) {
        compare(place, recorded, actual, true);
    }

    /** Compares a stored document, which has exactly the recorded members in the recorded order. */
    void document(String place, JsonValue recorded, JsonValue actual) {
        compare(place, recorded, actual, false);
    }

    private void compare(String place, JsonValue recorded, JsonValue actual, boolean mayHaveMore) {
        if (recorded instanceof JsonObject expected && actual instanceof JsonObject found) {
            members(place, expected, found, mayHaveMore);
        } else if (recorded instanceof JsonArray expected && actual instanceof JsonArray found) {
            elements(place, expected, found, mayHaveMore);
        } else if (recorded instanceof JsonString expected) {
            text(place, expected.value(), actual);
        } else if (!recorded.equals(actual)) {
            differ(place, recorded, actual);
        }
    }

    private void members(String place, JsonObject recorded, JsonObject actual, boolean mayHaveMore) {
        Map<String, String> actualNames = new LinkedHashMap<>();
        recorded.members()
                .keySet()
                .forEach(name ->
                        actualNames.put(name, actualName(name, actual.members().keySet())));
        List<String> found = actual.members().keySet().stream()
                .filter(name -> !mayHaveMore || actualNames.containsValue(name))
                .toList();
        if (!List.copyOf(actualNames.values()).equals(found)) {
            note(place, "recorded members " + recorded.members().keySet() + ", found " + found);
        }
        recorded.members().forEach((name, value) -> {
            JsonValue counterpart = actual.members().get(actualNames.get(name));
            if (counterpart != null) {
                compare(place + "." + name, value, counterpart, mayHaveMore);
            }
        });
    }

    /** The name among the actual ones that a recorded name stands for; the recorded one where there is none. */
    String actualName(String recorded, Collection<String> actualNames) {
        return actualNames.stream()
                .filter(actual -> matches(recorded, actual))
                .findFirst()
                .orElse(recorded);
    }

    private void elements(String place, JsonArray recorded, JsonArray actual, boolean mayHaveMore) {
        if (recorded.elements().size() != actual.elements().size()) {
            differ(place, recorded, actual);
            return;
        }
        for (int i = 0; i < recorded.elements().size(); i++) {
            compare(
                    place + "[" + i + "]",
                    recorded.elements().get(i),
                    actual.elements().get(i),
                    mayHaveMore);
        }
    }

    private void text(String place, String recorded, JsonValue actual) {
        boolean matches = switch (recorded) {
            case "${PID}", "${AGE}" -> actual instanceof JsonNumber;
            case "${TEXT}" ->
                actual instanceof JsonString string && !string.value().isBlank();
            case "${TIME}" ->
                actual instanceof JsonString string
                        && WireTime.parse(string.value()).isPresent();
            case "${CAS}" ->
                actual instanceof JsonString string && string.value().matches("sha256:[0-9a-f]{64}");
            default -> actual instanceof JsonString string && matches(recorded, string.value());
        };
        if (!matches) {
            differ(place, new JsonString(recorded), actual);
        }
    }

    /** Whether a text is the recorded one, with the folder of this run and identifiers of this run in their places. */
    private boolean matches(String recorded, String actual) {
        String inPlace = placed.apply(recorded);
        Matcher placeholder = RECORDED_ID.matcher(inPlace);
        if (!placeholder.find()) {
            return inPlace.equals(actual);
        }
        String before = inPlace.substring(0, placeholder.start());
        String after = inPlace.substring(placeholder.end());
        int idEnd = actual.length() - after.length();
        return actual.startsWith(before)
                && actual.endsWith(after)
                && idEnd > before.length()
                && isSameId(placeholder.group(), actual.substring(before.length(), idEnd));
    }

    private boolean isSameId(String recorded, String actual) {
        if (!actual.matches(ULID)) {
            return false;
        }
        String known = actualOfRecordedId.get(recorded);
        if (known == null && !actualOfRecordedId.containsValue(actual)) {
            actualOfRecordedId.put(recorded, actual);
            return true;
        }
        return actual.equals(known);
    }

    private void differ(String place, JsonValue recorded, JsonValue actual) {
        note(place, "recorded " + JsonText.compact(recorded) + ", found " + JsonText.compact(actual));
    }
}
