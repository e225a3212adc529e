package dev.omnigraph.controlplane.language.yaml;

import dev.omnigraph.controlplane.language.SourcePosition;
import java.util.List;
import java.util.Optional;

/** A map with its entries in written order. Keys can repeat: what that means is for the reader of the map to say. */
public record YamlMapping(List<Entry> entries, Optional<String> tag, SourcePosition position) implements YamlNode {

    /** A key with its value. */
    public record Entry(YamlNode key, YamlNode value) {}

    public YamlMapping {
        entries = List.copyOf(entries);
    }

    @Override
    public String describe() {
        return "a map" + tag.map(written -> " with the tag <" + written + ">").orElse("");
    }
}
