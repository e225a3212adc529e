package dev.omnigraph.controlplane.json;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one JSON document into values, strictly: no comments, no trailing text, no unpaired surrogates. Nesting is
 * limited to {@value #MAX_DEPTH} levels. Thread-safe.
 */
public final class JsonReader {

    /** Deeper documents are refused; nothing this system stores is deeper than ten. */
    public static final int MAX_DEPTH = 128;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonReader() {}

    /**
     * Reads the whole text.
     *
     * @throws JsonSyntaxException when the text is not exactly one JSON document
     */
    public static JsonValue read(String text) throws JsonSyntaxException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new JsonSyntaxException("the document is empty");
            }
            JsonValue value = readValue(parser, first);
            if (parser.nextToken() != null) {
                throw new JsonSyntaxException(
                        "text follows the end of the document", place(parser.currentTokenLocation()));
            }
            return value;
        } catch (JacksonException e) {
            TokenStreamLocation location = e.getLocation();
            throw location == null
                    ? new JsonSyntaxException(e.getOriginalMessage())
                    : new JsonSyntaxException(e.getOriginalMessage(), place(location));
        }
    }

    private static JsonValue readValue(JsonParser parser, JsonToken token) throws JsonSyntaxException {
        return switch (token) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> new JsonString(readText(parser));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getString());
            case VALUE_TRUE -> new JsonBoolean(true);
            case VALUE_FALSE -> new JsonBoolean(false);
            case VALUE_NULL -> JsonNull.INSTANCE;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new JsonSyntaxException("unexpected token", place(parser.currentTokenLocation()));
        };
    }

    private static JsonObject readObject(JsonParser parser) throws JsonSyntaxException {
        JsonObject.Builder object = JsonObject.builder();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = readText(parser);
            object.put(name, readValue(parser, parser.nextToken()));
        }
        return object.build();
    }

    private static JsonArray readArray(JsonParser parser) throws JsonSyntaxException {
        List<JsonValue> elements = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            elements.add(readValue(parser, token));
            token = parser.nextToken();
        }
        return new JsonArray(elements);
    }

    private static String readText(JsonParser parser) throws JsonSyntaxException {
        String text = parser.getString();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new JsonSyntaxException(
                        "a string holds an unpaired surrogate", place(parser.currentTokenLocation()));
            }
        }
        return text;
    }

    private static String place(TokenStreamLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
