package dev.omnigraph.controlplane.language.yaml;

import dev.omnigraph.controlplane.language.SourcePosition;
import java.util.List;
import java.util.Optional;

/** A list. */
public record YamlSequence(List<YamlNode> items, Optional<String> tag, SourcePosition position) implements YamlNode {

    public YamlSequence {
        items = List.copyOf(items);
    }

    @Override
    public String describe() {
        return "a list" + tag.map(written -> " with the tag <" + written + ">").orElse("");
    }
}
