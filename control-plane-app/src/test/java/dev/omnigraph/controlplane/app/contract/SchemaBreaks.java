package dev.omnigraph.controlplane.app.contract;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonBoolean;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What of a released schema a later one does not keep. What a request may hold must stay allowed; what an answer holds must
 * stay in it, and be of no other type.
 */
final class SchemaBreaks {

    /** Members that hold schemas by name, members that hold one or a list of them, and all others that are compared. */
    static final Set<String> MAPS_OF_SCHEMAS = Set.of("properties");

    static final Set<String> SCHEMAS = Set.of("items", "additionalProperties", "oneOf", "anyOf", "allOf");
    static final Set<String> UNDERSTOOD = Set.of(
            "$ref",
            "type",
            "enum",
            "const",
            "required",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "pattern",
            "format",
            "default",
            // An answer that has more than is described is no break, and nothing else hangs on these.
            "unevaluatedProperties",
            "title",
            "description",
            "example",
            "examples");

    private static final Set<String> TYPES =
            Set.of("null", "boolean", "object", "array", "number", "integer", "string");

    private final Contract released;
    private final Contract present;
    private final Direction direction;
    /** Pairs that are being compared, for schemas that hold themselves. */
    private final Set<String> underWay = new HashSet<>();

    /** Which way the data goes that a schema describes. */
    enum Direction {
        REQUEST,
        ANSWER
    }

    SchemaBreaks(Contract released, Contract present, Direction direction) {
        this.released = released;
        this.present = present;
        this.direction = direction;
    }

    /** What is broken, a line each. */
    List<String> between(String where, JsonObject before, JsonObject after) {
        Optional<String> loop = before.get("$ref").map(unused -> JsonText.compact(before) + JsonText.compact(after));
        if (loop.isPresent() && !underWay.add(loop.get())) {
            return List.of();
        }
        List<String> breaks = alternatives(where, alternatives(released, before), alternatives(present, after));
        loop.ifPresent(underWay::remove);
        return breaks;
    }

    private List<String> alternatives(String where, List<JsonObject> were, List<JsonObject> are) {
        List<String> breaks = direction == Direction.REQUEST ? allowed(where, were, are) : certain(where, were, are);
        if (breaks.isEmpty() || were.size() != are.size()) {
            return breaks;
        }
        // As many as before: the same ones, changed, so that it can be said in which respect.
        List<String> details = new ArrayList<>();
        for (int i = 0; i < were.size(); i++) {
            details.addAll(new Pair(where, were.get(i), are.get(i)).breaks());
        }
        return details.isEmpty() ? breaks : details;
    }

    /** Each alternative of before must be allowed by one of now. */
    private List<String> allowed(String where, List<JsonObject> were, List<JsonObject> are) {
        return were.stream()
                .filter(was -> are.stream().noneMatch(is -> matches(where, was, is)))
                .map(was -> where + ": is no longer allowed to be " + name(was))
                .toList();
    }

    /** Each alternative of now must be one that was known, and none may be missing. */
    private List<String> certain(String where, List<JsonObject> were, List<JsonObject> are) {
        List<String> breaks = new ArrayList<>();
        are.stream()
                .filter(is -> were.stream().noneMatch(was -> matches(where, was, is)))
                .forEach(is -> breaks.add(where + ": can also be " + name(is)));
        were.stream()
                .filter(was -> are.stream().noneMatch(is -> matches(where, was, is)))
                .forEach(was -> breaks.add(where + ": can no longer be " + name(was)));
        return breaks;
    }

    private boolean matches(String where, JsonObject was, JsonObject is) {
        return new Pair(where, was, is).breaks().isEmpty();
    }

    private static String name(JsonObject schema) {
        return JsonText.compact(schema.get("type").orElse(schema));
    }

    private static List<JsonObject> alternatives(Contract contract, JsonObject schema) {
        JsonObject resolved = flat(contract, contract.resolve(schema));
        List<JsonValue> alternatives = new ArrayList<>(Contract.elements(resolved, "oneOf"));
        alternatives.addAll(Contract.elements(resolved, "anyOf"));
        return alternatives.isEmpty()
                ? List.of(resolved)
                : alternatives.stream()
                        .flatMap(alternative -> alternatives(contract, (JsonObject) alternative).stream())
                        .toList();
    }

    /** The schema with the members of all of which it is made. */
    private static JsonObject flat(Contract contract, JsonObject schema) {
        List<JsonValue> parts = Contract.elements(schema, "allOf");
        if (parts.isEmpty()) {
            return schema;
        }
        Map<String, JsonValue> all = new LinkedHashMap<>(schema.members());
        all.remove("allOf");
        Map<String, JsonValue> properties = new LinkedHashMap<>(Contract.members(schema, "properties"));
        Set<JsonValue> required = new LinkedHashSet<>(Contract.elements(schema, "required"));
        for (JsonValue part : parts) {
            JsonObject flat = flat(contract, contract.resolve((JsonObject) part));
            properties.putAll(Contract.members(flat, "properties"));
            required.addAll(Contract.elements(flat, "required"));
            flat.members().forEach(all::putIfAbsent);
        }
        all.put("properties", JsonObject.copyOf(properties));
        all.put("required", JsonArray.of(required));
        return JsonObject.copyOf(all);
    }

    /** Two schemas without alternatives. */
    private final class Pair {

        private final String where;
        private final JsonObject before;
        private final JsonObject after;
        private final List<String> breaks = new ArrayList<>();

        Pair(String where, JsonObject before, JsonObject after) {
            this.where = where;
            this.before = before;
            this.after = after;
        }

        List<String> breaks() {
            compareTypes();
            compareValues();
            compareLimits();
            compareMembers();
            compareOthers();
            Contract.object(before, "items").ifPresent(was -> inner("[]", was, Contract.object(after, "items")));
            return breaks;
        }

        private void compareTypes() {
            Set<String> were = types(before);
            Set<String> are = types(after);
            if (direction == Direction.REQUEST) {
                were.stream()
                        .filter(type -> !are.contains(type))
                        .forEach(type -> broken("is no longer allowed to be " + type));
            } else {
                are.stream().filter(type -> !were.contains(type)).forEach(type -> broken("can also be " + type));
            }
        }

        private void compareValues() {
            Optional<Set<JsonValue>> were = values(before);
            Optional<Set<JsonValue>> are = values(after);
            if (were.isPresent() && are.isPresent()) {
                were.get().stream()
                        .filter(value -> !are.get().contains(value))
                        .forEach(value -> broken("loses the value " + JsonText.compact(value)));
            } else if (were.isPresent() && direction == Direction.ANSWER) {
                broken("can be any value");
            } else if (are.isPresent() && direction == Direction.REQUEST) {
                broken("takes listed values only");
            }
        }

        private void compareLimits() {
            List.of("minimum", "minLength", "minItems").forEach(name -> limit(name, -1));
            List.of("maximum", "maxLength", "maxItems").forEach(name -> limit(name, 1));
            List.of("pattern", "format").forEach(this::form);
            if (direction == Direction.REQUEST && !before.get("default").equals(after.get("default"))) {
                broken("has another default");
            }
        }

        /** @param wider the sign of a difference that leaves more room */
        private void limit(String name, int wider) {
            Optional<BigDecimal> was = number(before, name);
            Optional<BigDecimal> is = number(after, name);
            Optional<BigDecimal> from = direction == Direction.REQUEST ? is : was;
            Optional<BigDecimal> into = direction == Direction.REQUEST ? was : is;
            boolean exceeds = from.isPresent() && (into.isEmpty() || into.get().compareTo(from.get()) * wider > 0);
            if (exceeds) {
                broken(name + " is " + is.map(BigDecimal::toPlainString).orElse("none") + ", no longer "
                        + was.map(BigDecimal::toPlainString).orElse("none"));
            }
        }

        private void form(String name) {
            Optional<JsonValue> was = before.get(name);
            Optional<JsonValue> is = after.get(name);
            boolean loosened = direction == Direction.REQUEST ? is.isEmpty() : was.isEmpty();
            if (!was.equals(is) && !loosened) {
                broken(name + " is another");
            }
        }

        private void compareMembers() {
            Map<String, JsonValue> are = Contract.members(after, "properties");
            Contract.members(before, "properties").forEach((name, was) -> {
                if (are.containsKey(name)) {
                    inner(
                            "." + name,
                            (JsonObject) was,
                            Contract.object(after, "properties")
                                    .flatMap(properties -> Contract.object(properties, name)));
                } else {
                    broken("." + name, "is removed");
                }
            });
            Set<String> were = strings(before, "required");
            Set<String> required = strings(after, "required");
            if (direction == Direction.REQUEST) {
                required.stream()
                        .filter(name -> !were.contains(name))
                        .forEach(name -> broken("." + name, "is required now"));
            } else {
                were.stream()
                        .filter(name -> !required.contains(name) && are.containsKey(name))
                        .forEach(name -> broken("." + name, "can be missing"));
            }
        }

        /** Members that are not named. */
        private void compareOthers() {
            boolean wereRefused = isFalse(before);
            boolean areRefused = isFalse(after);
            if (direction == Direction.REQUEST && areRefused && !wereRefused) {
                broken("takes no other members any more");
            }
            Contract.object(before, "additionalProperties").ifPresent(was -> {
                if (!areRefused) {
                    inner(".*", was, Contract.object(after, "additionalProperties"));
                } else if (direction == Direction.ANSWER) {
                    broken("has no other members any more");
                }
            });
        }

        private void inner(String step, JsonObject was, Optional<JsonObject> is) {
            breaks.addAll(between(where + step, was, is.orElse(JsonObject.empty())));
        }

        private void broken(String what) {
            broken("", what);
        }

        private void broken(String step, String what) {
            breaks.add(where + step + ": " + what);
        }
    }

    /** The types that are allowed; what is a number can be an integer. */
    private static Set<String> types(JsonObject schema) {
        Optional<JsonValue> type = schema.get("type");
        Set<String> types = type.isEmpty()
                ? new LinkedHashSet<>(implied(schema))
                : type.get() instanceof JsonString one
                        ? new LinkedHashSet<>(Set.of(one.value()))
                        : new LinkedHashSet<>(strings(schema, "type"));
        if (types.contains("number")) {
            types.add("integer");
        }
        return types;
    }

    /** Listed values say of which types they are. */
    private static Set<String> implied(JsonObject schema) {
        return values(schema)
                .map(values -> values.stream().map(SchemaBreaks::type).collect(Collectors.toSet()))
                .orElse(TYPES);
    }

    private static String type(JsonValue value) {
        if (value instanceof JsonString) {
            return "string";
        } else if (value instanceof JsonBoolean) {
            return "boolean";
        } else if (value instanceof JsonNumber) {
            return "number";
        } else if (value instanceof JsonObject) {
            return "object";
        }
        return value instanceof JsonArray ? "array" : "null";
    }

    private static Optional<Set<JsonValue>> values(JsonObject schema) {
        Function<JsonValue, Set<JsonValue>> one = Set::of;
        return schema.get("const")
                .map(one)
                .or(() -> schema.get("enum").map(unused -> new LinkedHashSet<>(Contract.elements(schema, "enum"))));
    }

    private static Set<String> strings(JsonObject schema, String name) {
        return Contract.elements(schema, name).stream()
                .map(value -> ((JsonString) value).value())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean isFalse(JsonObject schema) {
        return schema.get("additionalProperties")
                .filter(new JsonBoolean(false)::equals)
                .isPresent();
    }

    private static Optional<BigDecimal> number(JsonObject schema, String name) {
        return schema.get(name).map(value -> new BigDecimal(((JsonNumber) value).text()));
    }
}
