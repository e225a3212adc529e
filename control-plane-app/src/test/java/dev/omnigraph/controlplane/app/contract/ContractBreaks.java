package dev.omnigraph.controlplane.app.contract;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonBoolean;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a released contract a later one does not keep. A client that was made for the released one goes on to work where
 * there is nothing of that; what it has to bear is said in the document: members and values of enumerations that are new in
 * answers, and new kinds of refusals.
 */
final class ContractBreaks {

    private static final int REDIRECTS_END = 400;

    private final Contract released;
    private final Contract present;
    private final List<String> breaks = new ArrayList<>();

    private ContractBreaks(Contract released, Contract present) {
        this.released = released;
        this.present = present;
    }

    /** What is broken, a line each; empty where every client goes on to work. */
    static List<String> between(Contract released, Contract present) {
        ContractBreaks comparison = new ContractBreaks(released, present);
        Map<String, JsonObject> operations = present.operations();
        released.operations()
                .forEach((name, before) -> Optional.ofNullable(operations.get(name))
                        .ifPresentOrElse(
                                after -> comparison.operation(name, before, after),
                                () -> comparison.broken(name, "is removed")));
        return comparison.breaks;
    }

    private void operation(String name, JsonObject before, JsonObject after) {
        role(name, Contract.text(before, "x-role"), Contract.text(after, "x-role"));
        same(name, "operationId", before, after);
        parameters(name, parameters(released, before), parameters(present, after));
        body(name, Contract.object(before, "requestBody"), Contract.object(after, "requestBody"));
        answers(name, before, after);
    }

    /** Every role includes the viewer's, and nothing else of another. */
    private void role(String name, Optional<String> before, Optional<String> after) {
        boolean opened = after.equals(Optional.of("open"))
                || (after.equals(Optional.of("viewer")) && !before.equals(Optional.of("open")));
        if (!after.equals(before) && !opened) {
            broken(name, "asks for the role " + after.orElse("-") + ", no longer " + before.orElse("-"));
        }
    }

    private void parameters(String name, Map<String, JsonObject> before, Map<String, JsonObject> after) {
        before.forEach((key, was) -> {
            JsonObject is = after.get(key);
            if (is == null) {
                broken(name + " " + key, "is removed");
                return;
            }
            if (isRequired(is) && !isRequired(was)) {
                broken(name + " " + key, "is required now");
            }
            schema(name + " " + key, was, is, SchemaBreaks.Direction.REQUEST);
        });
        after.forEach((key, is) -> {
            if (isRequired(is) && !before.containsKey(key)) {
                broken(name + " " + key, "is new and required");
            }
        });
    }

    /** Parameters by place and name; those of the path by their order in it. */
    private static Map<String, JsonObject> parameters(Contract contract, JsonObject operation) {
        Map<String, JsonObject> parameters = new LinkedHashMap<>();
        int inPath = 0;
        for (JsonValue element : Contract.elements(operation, "parameters")) {
            JsonObject parameter = contract.resolve((JsonObject) element);
            String place = Contract.text(parameter, "in").orElseThrow();
            String key = place.equals("path")
                    ? "path " + inPath++
                    : place + " " + Contract.text(parameter, "name").orElseThrow();
            parameters.put(key, parameter);
        }
        return parameters;
    }

    private void body(String name, Optional<JsonObject> before, Optional<JsonObject> after) {
        if (before.isEmpty()) {
            if (after.map(present::resolve).filter(ContractBreaks::isRequired).isPresent()) {
                broken(name + " body", "is new and required");
            }
            return;
        }
        if (after.isEmpty()) {
            broken(name + " body", "is removed");
            return;
        }
        JsonObject was = released.resolve(before.get());
        JsonObject is = present.resolve(after.get());
        if (isRequired(is) && !isRequired(was)) {
            broken(name + " body", "is required now");
        }
        content(name + " body", was, is, SchemaBreaks.Direction.REQUEST);
    }

    private void answers(String name, JsonObject before, JsonObject after) {
        Map<String, JsonValue> were = Contract.members(before, "responses");
        Map<String, JsonValue> are = Contract.members(after, "responses");
        were.forEach((status, was) -> {
            if (are.containsKey(status)) {
                answer(name + " " + status, released.resolve((JsonObject) was), present.resolve((JsonObject)
                        are.get(status)));
            } else {
                broken(name + " " + status, "is removed");
            }
        });
        are.keySet().stream()
                .filter(status -> !were.containsKey(status) && Integer.parseInt(status) < REDIRECTS_END)
                .forEach(status -> broken(name + " " + status, "is a new kind of success"));
    }

    private void answer(String name, JsonObject before, JsonObject after) {
        Map<String, JsonValue> headers = Contract.members(after, "headers");
        Contract.members(before, "headers").forEach((header, was) -> {
            if (headers.containsKey(header)) {
                schema(
                        name + " header " + header,
                        released.resolve((JsonObject) was),
                        present.resolve((JsonObject) headers.get(header)),
                        SchemaBreaks.Direction.ANSWER);
            } else {
                broken(name + " header " + header, "is removed");
            }
        });
        content(name, before, after, SchemaBreaks.Direction.ANSWER);
    }

    private void content(String name, JsonObject before, JsonObject after, SchemaBreaks.Direction direction) {
        Map<String, JsonValue> are = Contract.members(after, "content");
        Contract.members(before, "content").forEach((type, was) -> {
            if (are.containsKey(type)) {
                schema(name + " " + type, (JsonObject) was, (JsonObject) are.get(type), direction);
            } else {
                broken(name + " " + type, "is removed");
            }
        });
    }

    private void schema(String name, JsonObject before, JsonObject after, SchemaBreaks.Direction direction) {
        JsonObject open = JsonObject.empty();
        breaks.addAll(new SchemaBreaks(released, present, direction)
                .between(
                        name,
                        Contract.object(before, "schema").orElse(open),
                        Contract.object(after, "schema").orElse(open)));
    }

    private void same(String name, String member, JsonObject before, JsonObject after) {
        if (!before.get(member).equals(after.get(member))) {
            broken(name, member + " is another");
        }
    }

    private static boolean isRequired(JsonObject value) {
        return value.get("required").filter(new JsonBoolean(true)::equals).isPresent();
    }

    private void broken(String where, String what) {
        breaks.add(where + ": " + what);
    }

    /** Names of schema members that the comparison does not understand, and so would pass over. */
    static List<String> notUnderstood(Contract contract) {
        List<String> names = new ArrayList<>();
        collectSchemas(contract.root(), false, names);
        return names.stream().distinct().sorted().toList();
    }

    private static void collectSchemas(JsonValue value, boolean isSchema, List<String> names) {
        if (value instanceof JsonArray array) {
            array.elements().forEach(element -> collectSchemas(element, isSchema, names));
        } else if (value instanceof JsonObject object) {
            object.members().forEach((name, member) -> {
                if (isSchema && SchemaBreaks.MAPS_OF_SCHEMAS.contains(name)) {
                    ((JsonObject) member).members().values().forEach(inner -> collectSchemas(inner, true, names));
                } else if (isSchema && SchemaBreaks.SCHEMAS.contains(name)) {
                    collectSchemas(member, true, names);
                } else if (isSchema && !SchemaBreaks.UNDERSTOOD.contains(name)) {
                    names.add(name);
                } else if (!isSchema && name.equals("schema")) {
                    collectSchemas(member, true, names);
                } else if (!isSchema && name.equals("schemas")) {
                    ((JsonObject) member).members().values().forEach(inner -> collectSchemas(inner, true, names));
                } else if (!isSchema && !name.startsWith("example")) {
                    collectSchemas(member, false, names);
                }
            });
        }
    }
}
