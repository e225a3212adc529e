package dev.omnigraph.controlplane.language.schema.migration;

import dev.omnigraph.controlplane.language.schema.Annotation;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds what the accepted schema calls a thing of the desired one: the same name first, then the name that
 * {@code @rename_from} gives. Two desired things may find the same accepted one (schema-language.md 8.2).
 *
 * @param <T> types of one kind, or properties of one type
 */
final class Matching<T> {

    private final Map<String, T> accepted = new LinkedHashMap<>();
    private final Set<String> matched = new HashSet<>();

    Matching(Collection<T> accepted, Function<T, String> name) {
        accepted.forEach(each -> this.accepted.put(name.apply(each), each));
    }

    Optional<T> partnerOf(String name, List<Annotation> annotations) {
        return find(name).or(() -> formerName(annotations).flatMap(this::find));
    }

    /** What no desired thing found, in the order of the accepted schema. */
    List<T> unmatched() {
        return accepted.entrySet().stream()
                .filter(each -> !matched.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The value of the first {@code @rename_from}. */
    static Optional<String> formerName(List<Annotation> annotations) {
        return annotations.stream()
                .filter(annotation -> annotation.name().equals(Annotation.RENAME_FROM))
                .findFirst()
                .flatMap(Annotation::value);
    }

    private Optional<T> find(String name) {
        Optional<T> found = Optional.ofNullable(accepted.get(name));
        found.ifPresent(partner -> matched.add(name));
        return found;
    }
}
