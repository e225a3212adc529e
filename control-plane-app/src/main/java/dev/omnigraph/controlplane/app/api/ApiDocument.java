package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonBoolean;
import dev.omnigraph.controlplane.json.JsonNull;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The reviewed description of the API, {@code openapi/control-plane.yaml}, as JSON. It is part of the service's jar. */
public final class ApiDocument {

    private static final String RESOURCE = "/openapi/control-plane.yaml";

    private final JsonObject json;

    private ApiDocument(JsonObject json) {
        this.json = json;
    }

    /** Reads the document out of the jar. */
    public static ApiDocument load() {
        try (InputStream in = ApiDocument.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the build left " + RESOURCE + " out of the jar");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Understands the text of such a description. */
    public static ApiDocument parse(String yaml) {
        if (json(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml)) instanceof JsonObject document) {
            return new ApiDocument(document);
        }
        throw new IllegalStateException("a description of an API is a mapping");
    }

    public JsonObject json() {
        return json;
    }

    private static JsonValue json(@Nullable Object yaml) {
        if (yaml instanceof Map<?, ?> map) {
            JsonObject.Builder object = JsonObject.builder();
            map.forEach((name, value) -> object.put(String.valueOf(name), json(value)));
            return object.build();
        } else if (yaml instanceof Collection<?> list) {
            return JsonArray.of(list.stream().map(ApiDocument::json).toList());
        } else if (yaml instanceof Boolean bool) {
            return new JsonBoolean(bool);
        } else if (yaml instanceof Number number) {
            return new JsonNumber(number.toString());
        }
        return yaml == null ? JsonNull.INSTANCE : new JsonString(yaml.toString());
    }
}
