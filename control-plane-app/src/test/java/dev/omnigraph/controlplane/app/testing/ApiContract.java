package dev.omnigraph.controlplane.app.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.omnigraph.controlplane.app.api.ApiDocument;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The API's document as a judge of answers: path, method, status, media type and body must be as it says. What it does not
 * know must be answered with a problem of its shape.
 */
public final class ApiContract {

    private static final String DOCUMENT = "https://omnigraph.dev/control-plane.json";
    private static final JsonObject ROOT = ApiDocument.load().json();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(DOCUMENT, JsonText.compact(ROOT))));

    private ApiContract() {}

    /** One documented answer. */
    public record Exchange(String method, String path, int status) {}

    /** Every answer the document describes. */
    public static List<Exchange> documented() {
        List<Exchange> all = new ArrayList<>();
        object(ROOT, "paths")
                .members()
                .forEach((path, methods) -> ((JsonObject) methods)
                        .members()
                        .forEach((method, operation) -> object((JsonObject) operation, "responses")
                                .members()
                                .keySet()
                                .forEach(status -> all.add(new Exchange(
                                        method.toUpperCase(Locale.ROOT), path, Integer.parseInt(status))))));
        return all;
    }

    /** The role that each operation asks for, by {@code METHOD path}; empty text where the document forgets to say. */
    public static Map<String, String> roles() {
        Map<String, String> roles = new TreeMap<>();
        operations()
                .forEach((name, operation) -> roles.put(
                        name,
                        operation
                                .get("x-role")
                                .map(role -> ((JsonString) role).value())
                                .orElse("")));
        return roles;
    }

    /** The operations that take a parameter of {@code components/parameters}, by {@code METHOD path}. */
    public static Set<String> withParameter(String name) {
        String reference = "#/components/parameters/" + name;
        Set<String> taking = new TreeSet<>();
        operations()
                .forEach((operation, description) -> elements(description, "parameters").stream()
                        .filter(parameter -> ((JsonObject) parameter)
                                .get("$ref")
                                .filter(new JsonString(reference)::equals)
                                .isPresent())
                        .forEach(parameter -> taking.add(operation)));
        return taking;
    }

    /** The names of an operation's parameters in the query. */
    public static Set<String> queryParameters(String operation) {
        return elements(operations().get(operation), "parameters").stream()
                .map(parameter -> resolve((JsonObject) parameter))
                .filter(parameter -> parameter.get("in").equals(Optional.of(new JsonString("query"))))
                .map(parameter -> text(parameter, "name"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What an operation takes as its body; empty where it takes none. */
    public static Optional<Body> body(String operation) {
        return find(operations().get(operation), "requestBody", "content", "application/json", "schema")
                .map(ApiContract::resolve)
                .map(schema -> new Body(
                        find(schema, "properties")
                                .map(JsonObject::members)
                                .orElse(Map.of())
                                .keySet(),
                        elements(schema, "required").stream()
                                .map(name -> ((JsonString) name).value())
                                .collect(Collectors.toSet())));
    }

    /** The members of a body, and which of them must be there. */
    public record Body(Set<String> members, Set<String> required) {}

    /** The values that a schema of {@code components/schemas} lists. */
    public static List<String> values(String schema) {
        return elements(find(ROOT, "components", "schemas", schema).orElseThrow(), "enum").stream()
                .map(value -> ((JsonString) value).value())
                .toList();
    }

    private static List<JsonValue> elements(JsonObject parent, String name) {
        return parent.get(name).map(value -> ((JsonArray) value).elements()).orElse(List.of());
    }

    private static String text(JsonObject parent, String name) {
        return ((JsonString) parent.get(name).orElseThrow()).value();
    }

    private static Map<String, JsonObject> operations() {
        Map<String, JsonObject> operations = new TreeMap<>();
        object(ROOT, "paths")
                .members()
                .forEach((path, methods) -> ((JsonObject) methods)
                        .members()
                        .forEach((method, operation) ->
                                operations.put(method.toUpperCase(Locale.ROOT) + " " + path, (JsonObject) operation)));
        return operations;
    }

    /** References of the document that lead nowhere. */
    public static List<String> danglingReferences() {
        List<String> dangling = new ArrayList<>();
        collectDangling(ROOT, dangling);
        return dangling;
    }

    private static void collectDangling(JsonValue value, List<String> dangling) {
        if (value instanceof JsonObject object) {
            object.get("$ref")
                    .map(reference -> ((JsonString) reference).value())
                    .filter(reference -> find(ROOT, names(reference)).isEmpty())
                    .ifPresent(dangling::add);
            object.members().values().forEach(member -> collectDangling(member, dangling));
        } else if (value instanceof JsonArray array) {
            array.elements().forEach(element -> collectDangling(element, dangling));
        }
    }

    /** Holds a document against a schema of {@code components/schemas}. */
    static void check(String schema, String json) {
        assertThat(SCHEMAS.getSchema(SchemaLocation.of(DOCUMENT + "#/components/schemas/" + schema))
                        .validate(json, InputFormat.JSON))
                .as("against the document: %s", json)
                .isEmpty();
    }

    static void check(String method, String path, Answer answer) {
        Optional<String> template = template(path);
        Optional<JsonObject> operation =
                template.flatMap(known -> find(object(ROOT, "paths"), known, method.toLowerCase(Locale.ROOT)));
        if (operation.isEmpty()) {
            checkUndocumented(answer);
            return;
        }
        JsonObject response = find(operation.get(), "responses", Integer.toString(answer.status()))
                .map(ApiContract::resolve)
                .orElseThrow(() -> new AssertionError(
                        "undocumented: " + method + " " + path + " -> " + answer.status() + " " + answer.body()));
        checkBody(response, answer);
    }

    /** Static files are no part of the API; everything else that is not documented is an error in the usual form. */
    private static void checkUndocumented(Answer answer) {
        if (answer.status() >= 400) {
            checkBody(
                    resolve(find(ROOT, "components", "responses", "BadRequest").orElseThrow()), answer);
        }
    }

    private static void checkBody(JsonObject response, Answer answer) {
        Optional<JsonObject> content = find(response, "content");
        if (content.isEmpty()) {
            assertThat(answer.body()).isEmpty();
            return;
        }
        JsonObject media = find(content.get(), answer.mediaType())
                .orElseThrow(() -> new AssertionError("undocumented media type " + answer.mediaType()));
        if (answer.mediaType().endsWith("json")) {
            assertThat(validator(object(media, "schema")).validate(answer.body(), InputFormat.JSON))
                    .as("against the document: %s", answer.body())
                    .isEmpty();
        }
    }

    private static Schema validator(JsonObject schema) {
        return schema.get("$ref")
                .map(reference -> SCHEMAS.getSchema(SchemaLocation.of(DOCUMENT + ((JsonString) reference).value())))
                .orElseGet(() -> SCHEMAS.getSchema(JsonText.compact(schema), InputFormat.JSON));
    }

    private static Optional<String> template(String path) {
        return object(ROOT, "paths").members().keySet().stream()
                .filter(known -> Pattern.matches(known.replaceAll("\\{[^}]*}", "[^/]+"), path))
                .findFirst();
    }

    private static JsonObject resolve(JsonObject value) {
        Optional<JsonValue> reference = value.get("$ref");
        if (reference.isEmpty()) {
            return value;
        }
        return find(ROOT, names(((JsonString) reference.get()).value())).orElseThrow();
    }

    private static String[] names(String reference) {
        return reference.substring("#/".length()).split("/", -1);
    }

    private static JsonObject object(JsonObject parent, String name) {
        return find(parent, name).orElseThrow();
    }

    private static Optional<JsonObject> find(JsonObject parent, String... names) {
        Optional<JsonObject> found = Optional.of(parent);
        for (String name : names) {
            found = found.flatMap(object -> object.get(name)).map(JsonObject.class::cast);
        }
        return found;
    }
}
