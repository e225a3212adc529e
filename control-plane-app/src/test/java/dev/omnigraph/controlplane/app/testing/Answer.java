package dev.omnigraph.controlplane.app.testing;

import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.JsonValue;
import java.net.http.HttpHeaders;

/** An answer of the service. */
public record Answer(int status, HttpHeaders headers, String body) {

    /** The first value of a header; empty where it is not there. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The media type without its parameters. */
    public String mediaType() {
        return header("Content-Type").replaceFirst(";.*", "");
    }

    public JsonObject json() {
        try {
            return (JsonObject) JsonReader.read(body);
        } catch (JsonSyntaxException e) {
            throw new AssertionError("no JSON: " + body, e);
        }
    }

    /** A member, its path joined by dots: strings as they are, everything else as JSON text. */
    public String text(String path) {
        JsonValue value = value(path);
        return value instanceof JsonString string ? string.value() : JsonText.compact(value);
    }

    /** A member, its path joined by dots. */
    public JsonValue value(String path) {
        JsonValue value = json();
        for (String name : path.split("\\.", -1)) {
            value = ((JsonObject) value)
                    .get(name)
                    .orElseThrow(() -> new AssertionError("no member " + path + " in " + body));
        }
        return value;
    }
}
