package dev.omnigraph.controlplane.json;

/**
 * A JSON number, kept as the text it is written with, so that reading and writing a document does not change it.
 *
 * @param text the number exactly as it stands in the document
 */
public record JsonNumber(String text) implements JsonValue {

    /** An integer in plain decimal form. */
    public static JsonNumber of(long value) {
        return new JsonNumber(Long.toString(value));
    }

    /** A double in the form of schema-language.md 7.5; infinities and NaN have no JSON form. */
    public static JsonNumber of(double value) {
        return new JsonNumber(DoubleFormat.json(value));
    }
}
