package dev.omnigraph.controlplane.json;

import java.util.Iterator;
import java.util.Map;

/**
 * Writes JSON text exactly as the engine's tools do: compact for digests, pretty with two spaces for stored documents
 * (control-plane.md 3.6 and 4.1). Neither form ends with a line break; a document that needs one adds it.
 */
public final class JsonText {

    private static final String INDENT = "  ";
    private static final char FIRST_PRINTABLE = 0x20;

    private JsonText() {}

    /** The value without any white space. */
    public static String compact(JsonValue value) {
        StringBuilder out = new StringBuilder();
        writeCompact(out, value);
        return out.toString();
    }

    /** The value with one member or element a line; empty containers stay {@code {}} and {@code []}. */
    public static String pretty(JsonValue value) {
        StringBuilder out = new StringBuilder();
        writePretty(out, value, 0);
        return out.toString();
    }

    private static void writeCompact(StringBuilder out, JsonValue value) {
        if (value instanceof JsonObject object) {
            out.append('{');
            String separator = "";
            for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                out.append(separator);
                writeString(out, member.getKey());
                out.append(':');
                writeCompact(out, member.getValue());
                separator = ",";
            }
            out.append('}');
        } else if (value instanceof JsonArray array) {
            out.append('[');
            String separator = "";
            for (JsonValue element : array.elements()) {
                out.append(separator);
                writeCompact(out, element);
                separator = ",";
            }
            out.append(']');
        } else {
            writeScalar(out, value);
        }
    }

    private static void writePretty(StringBuilder out, JsonValue value, int depth) {
        if (value instanceof JsonObject object && !object.members().isEmpty()) {
            out.append('{');
            Iterator<Map.Entry<String, JsonValue>> members =
                    object.members().entrySet().iterator();
            while (members.hasNext()) {
                Map.Entry<String, JsonValue> member = members.next();
                startLine(out, depth + 1);
                writeString(out, member.getKey());
                out.append(": ");
                writePretty(out, member.getValue(), depth + 1);
                out.append(members.hasNext() ? "," : "");
            }
            startLine(out, depth);
            out.append('}');
        } else if (value instanceof JsonArray array && !array.elements().isEmpty()) {
            out.append('[');
            Iterator<JsonValue> elements = array.elements().iterator();
            while (elements.hasNext()) {
                startLine(out, depth + 1);
                writePretty(out, elements.next(), depth + 1);
                out.append(elements.hasNext() ? "," : "");
            }
            startLine(out, depth);
            out.append(']');
        } else {
            writeCompact(out, value);
        }
    }

    private static void startLine(StringBuilder out, int depth) {
        out.append('\n');
        out.append(INDENT.repeat(depth));
    }

    private static void writeScalar(StringBuilder out, JsonValue value) {
        if (value instanceof JsonString string) {
            writeString(out, string.value());
        } else if (value instanceof JsonNumber number) {
            out.append(number.text());
        } else if (value instanceof JsonBoolean bool) {
            out.append(bool.value());
        } else {
            out.append("null");
        }
    }

    private static void writeString(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < FIRST_PRINTABLE) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
