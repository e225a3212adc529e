package dev.omnigraph.controlplane.language.yaml;

import dev.omnigraph.controlplane.language.SourcePosition;
import java.util.Optional;

/** A node of a YAML document. Immutable; an alias is the very node that its anchor names. */
public sealed interface YamlNode permits YamlScalar, YamlSequence, YamlMapping {

    /** Where the node begins; for an alias, where the anchored node begins. */
    SourcePosition position();

    /** The tag in its full form, {@code !local} or {@code tag:yaml.org,2002:int}; empty where none is written. */
    Optional<String> tag();

    /** Whether the tag is an application's own. Typed readers ignore it, readers that look at the value do not. */
    default boolean hasLocalTag() {
        return tag().isPresent() && tag().get().startsWith("!");
    }

    /** What the node is, for messages: {@code a list}. */
    String describe();
}
