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

    public static final String KEY = "key";
    public static final String UNIQUE = "unique";
    public static final String INDEX = "index";
    public static final String EMBED = "embed";
    public static final String DESCRIPTION = "description";
    public static final String INSTRUCTION = "instruction";
    /** Names what a type or property was called before; only migrations look at it. */
    public static final String RENAME_FROM = "rename_from";

    /** The only named argument of {@code @embed}. */
    static final String EMBED_MODEL = "model";

    public Annotation {
        SortedMap<String, String> sorted = new TreeMap<>(Utf8Order.COMPARATOR);
        sorted.putAll(arguments);
        arguments = Collections.unmodifiableSortedMap(sorted);
    }
}
