package dev.omnigraph.controlplane.language.yaml;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Builds the nodes of one document from parser events. Used once; not thread-safe. */
final class NodeComposer {

    private final Parser events;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private final TextLines lines;
    private int nodes;

    /** A node that can be named again, with the number of nodes it stands for. */
    private record Anchored(YamlNode node, int size) {}

    NodeComposer(String text, TextLines lines) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(YamlReader.MAX_CHARACTERS);
        this.lines = lines;
        this.events = new ParserImpl(new StreamReader(text), options);
    }

    YamlNode compose() throws LanguageException {
        events.getEvent();
        if (events.checkEvent(Event.ID.StreamEnd)) {
            return new YamlScalar("", YamlScalar.Style.PLAIN, Optional.empty(), new SourcePosition(1, 1));
        }
        events.getEvent();
        YamlNode root = node(0);
        events.getEvent();
        Event end = events.getEvent();
        if (!end.is(Event.ID.StreamEnd)) {
            throw new LanguageException(lines.at(end.getStartMark()), "a second document begins here; one is expected");
        }
        return root;
    }

    private YamlNode node(int depth) throws LanguageException {
        Event event = events.getEvent();
        SourcePosition position = lines.at(event.getStartMark());
        if (event instanceof AliasEvent alias) {
            return aliased(alias, position);
        }
        Optional<String> tag = tagOf(event, position);
        int before = nodes;
        count(1, position);
        YamlNode node = event instanceof ScalarEvent scalar
                ? scalar(scalar, tag, position)
                : collection((CollectionStartEvent) event, tag, position, depth);
        String anchor = ((NodeEvent) event).getAnchor();
        if (anchor != null) {
            anchors.put(anchor, new Anchored(node, nodes - before));
        }
        return node;
    }

    private YamlNode aliased(AliasEvent alias, SourcePosition position) throws LanguageException {
        Anchored target = anchors.get(alias.getAnchor());
        if (target == null) {
            throw new LanguageException(
                    position, "the alias `*" + alias.getAnchor() + "` names no anchor that is complete before it");
        }
        count(target.size(), position);
        return target.node();
    }

    private YamlNode collection(CollectionStartEvent start, Optional<String> tag, SourcePosition position, int depth)
            throws LanguageException {
        if (depth >= YamlReader.MAX_DEPTH) {
            throw new LanguageException(position, "nested too deep; " + YamlReader.MAX_DEPTH + " levels are the limit");
        }
        return start instanceof MappingStartEvent
                ? new YamlMapping(entries(depth + 1), tag, position)
                : new YamlSequence(items(depth + 1), tag, position);
    }

    private List<YamlMapping.Entry> entries(int depth) throws LanguageException {
        List<YamlMapping.Entry> entries = new ArrayList<>();
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            YamlNode key = node(depth);
            entries.add(new YamlMapping.Entry(key, node(depth)));
        }
        events.getEvent();
        return entries;
    }

    private List<YamlNode> items(int depth) throws LanguageException {
        List<YamlNode> items = new ArrayList<>();
        while (!events.checkEvent(Event.ID.SequenceEnd)) {
            items.add(node(depth));
        }
        events.getEvent();
        return items;
    }

    private static Optional<String> tagOf(Event event, SourcePosition position) throws LanguageException {
        Optional<String> tag = Optional.ofNullable(
                event instanceof ScalarEvent scalar ? scalar.getTag() : ((CollectionStartEvent) event).getTag());
        if (tag.isPresent() && tag.get().replace(YamlScalar.CORE_TAGS, "").indexOf(',') >= 0) {
            // libyaml ends the tag there and finds one more item of the list; SnakeYAML would read on.
            throw new LanguageException(position, "the tag <" + tag.get() + "> holds a comma; put a space before it");
        }
        return tag;
    }

    private static YamlScalar scalar(ScalarEvent scalar, Optional<String> tag, SourcePosition position)
            throws LanguageException {
        String text = scalar.getValue();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new LanguageException(position, "an escape names half a character, which is no text");
        }
        return new YamlScalar(text, styleOf(scalar.getScalarStyle()), tag, position);
    }

    private static YamlScalar.Style styleOf(DumperOptions.ScalarStyle style) {
        return switch (style) {
            case PLAIN, JSON_SCALAR_STYLE -> YamlScalar.Style.PLAIN;
            case SINGLE_QUOTED -> YamlScalar.Style.SINGLE_QUOTED;
            case DOUBLE_QUOTED -> YamlScalar.Style.DOUBLE_QUOTED;
            case LITERAL -> YamlScalar.Style.LITERAL;
            case FOLDED -> YamlScalar.Style.FOLDED;
        };
    }

    private void count(int more, SourcePosition position) throws LanguageException {
        nodes += more;
        if (nodes > YamlReader.MAX_NODES) {
            throw new LanguageException(
                    position, "the document has more than " + YamlReader.MAX_NODES + " nodes, aliases resolved");
        }
    }
}
