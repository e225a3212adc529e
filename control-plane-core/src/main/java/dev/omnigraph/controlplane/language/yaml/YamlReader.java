package dev.omnigraph.controlplane.language.yaml;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.SourcePosition;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads a text that holds exactly one YAML document into nodes. Thread-safe.
 *
 * <p>The engine's own tool parses with libyaml. SnakeYAML's scanner is of the same family; where they differ in a way
 * that matters in practice, which is the tab behind a token, {@link SeparatorTabs} bridges the difference.
 */
public final class YamlReader {

    /** Longer texts are refused. */
    public static final int MAX_CHARACTERS = 1 << 20;

    /** Collections nested deeper are refused, as the engine's own tool does. */
    public static final int MAX_DEPTH = 128;

    /** Documents with more nodes are refused; an alias counts as all the nodes of what it names. */
    public static final int MAX_NODES = 100_000;

    private static final SourcePosition START = new SourcePosition(1, 1);

    private YamlReader() {}

    /**
     * The root node. A text without any document is an empty plain scalar.
     *
     * @throws LanguageException when the text is not one YAML document or exceeds a limit; it names the place
     */
    public static YamlNode read(String text) throws LanguageException {
        TextLines lines = new TextLines(text);
        if (text.length() > MAX_CHARACTERS) {
            throw new LanguageException(
                    lines.at(text.codePointCount(0, MAX_CHARACTERS)),
                    "the text has " + text.length() + " characters; " + MAX_CHARACTERS + " are the limit");
        }
        SeparatorTabs tabs = new SeparatorTabs(text);
        while (true) {
            try {
                return new NodeComposer(tabs.text(), lines).compose();
            } catch (MarkedYAMLException e) {
                if (!tabs.replaceAt(e)) {
                    throw refusal(e, lines);
                }
            } catch (ReaderException e) {
                throw new LanguageException(
                        lines.at(e.getPosition()),
                        String.format("the character U+%04X may not stand in YAML", e.getCodePoint()));
            } catch (YAMLException | NumberFormatException e) {
                // The latter is what SnakeYAML makes of an escape far beyond Unicode, such as \\UFFFFFFFF.
                throw new LanguageException(START, "the text is not YAML: " + e.getMessage());
            }
        }
    }

    private static LanguageException refusal(MarkedYAMLException e, TextLines lines) {
        Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        return new LanguageException(
                mark == null ? START : lines.at(mark),
                Optional.ofNullable(e.getProblem()).orElse("the text is not YAML"));
    }
}
