package dev.omnigraph.controlplane.language.schema;

import dev.omnigraph.controlplane.digest.Utf8Order;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An annotation of a type or property. Names that the language gives no meaning are kept, because they are part of the
 * schema's hash (schema-language.md 4.1).
 *
 * @param name without the {@code @}
 * @param value the positional argument: a string unescaped, anything else as written
 * @param arguments the named arguments, sorted by name
 */
public record Annotation(String name, Optional<String> value, Map<String, String> arguments) {

    static final String KEY = "key";
    static final String UNIQUE = "unique";
    static final String INDEX = "index";
    static final String EMBED = "embed";
    /** The only named argument of {@code @embed}. */
    static final String EMBED_MODEL = "model";

    static final String DESCRIPTION = "description";
    static final String INSTRUCTION = "instruction";

    public Annotation {
        SortedMap<String, String> sorted = new TreeMap<>(Utf8Order.COMPARATOR);
        sorted.putAll(arguments);
        arguments = Collections.unmodifiableSortedMap(sorted);
    }
}
