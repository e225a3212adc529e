package dev.omnigraph.controlplane.language.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.SourcePosition;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlRecordTest {

    private static final YamlShape SHAPE =
            YamlShape.of("name", "count", "on", "list", "map").withAlias("title", "name");

    @Test
    void fieldsThatTakeTextTakeTheTextOfAnyScalar() throws Exception {
        for (String text : new String[] {"12", "true", "1.50", "!x y", "!!int z"}) {
            YamlRecord yamlRecord = read("name: " + text + "\n");
            String source = text.substring(text.lastIndexOf(' ') + 1);
            assertThat(yamlRecord.requireText("name")).isEqualTo(source);
            assertThat(yamlRecord.optionalText("name")).contains(source);
        }
        assertThat(read("name: ~\n").requireText("name")).isEqualTo("~");
        assertThat(read("name: ~\n").optionalText("name")).isEmpty();
        assertThat(read("count: 1\n").optionalText("name")).isEmpty();
    }

    @Test
    void otherFieldsTakeTheirType() throws Exception {
        assertThat(read("count: 4294967295\n").requireUnsigned32("count")).isEqualTo(4294967295L);
        assertThat(read("on: FALSE\n").optionalBoolean("on")).contains(false);
        assertThat(read("on: null\n").optionalBoolean("on")).isEmpty();
        assertThat(read("list: [1, ~, b]\n").requireTexts("list")).containsExactly("1", "~", "b");
        assertThat(read("list:\n").requireTexts("list")).isEmpty();
        assertThat(read("map: {a: 1, b: 2, a: 3}\n").optionalEntries("map"))
                .extracting(YamlRecord.NamedNode::name)
                .containsExactly("a", "b", "a");
        assertThat(read("map:\n").optionalEntries("map")).isEmpty();
        assertThat(read("").optionalEntries("map")).isEmpty();
    }

    @Test
    void anAliasOfAKeyIsThatKey() throws Exception {
        assertThat(read("title: x\n").requireText("name")).isEqualTo("x");
        assertRefused("title: x\nname: y\n", "line 2, column 1: at: the key `name` stands there twice");
    }

    @Test
    void unknownKeysAreRefusedWithTheKnownOnes() {
        assertRefused(
                "name: x\nsize: 1\n",
                "line 2, column 1: at: unknown field `size`; known are name, count, on, list, map, title");
    }

    @Test
    void aLenientReaderKeepsUnknownKeysApart() throws Exception {
        YamlRecord yamlRecord = YamlRecord.read(YamlReader.read("size: 1\nname: x\nsize: 2\n"), "at", SHAPE);

        assertThat(yamlRecord.requireText("name")).isEqualTo("x");
        assertThat(yamlRecord.unknownKeys())
                .isEqualTo(List.of(
                        new YamlRecord.UnknownKey("size", new SourcePosition(1, 1)),
                        new YamlRecord.UnknownKey("size", new SourcePosition(3, 1))));
    }

    @Test
    void wrongValuesAreRefusedWithTheirPlace() {
        assertRefused("[]", "line 1, column 1: at: expected a map, found a list");
        assertRefused("~", "line 1, column 1: at: expected a map, found `~`");
        assertRefused("[a]: 1", "line 1, column 1: at: expected text, found a list");
        assertRefused(() -> read("name: [x]\n").requireText("name"), "line 1, column 7: at.name: expected text");
        assertRefused(() -> read("on: yes\n").optionalBoolean("on"), "at.on: expected true or false, found `yes`");
        assertRefused(
                () -> read("count: 4294967296\n").requireUnsigned32("count"), "at.count: expected a whole number");
        assertRefused(() -> read("list: x\n").requireTexts("list"), "at.list: expected a list, found `x`");
        assertRefused(
                () -> read("list: [a, [b]]\n").requireTexts("list"), "line 1, column 11: at.list[1]: expected text");
        assertRefused(() -> read("map: ~\n").optionalEntries("map"), "at.map: expected a map, found `~`");
        assertRefused(() -> read("on: 1\n").requireText("name"), "line 1, column 1: at: the field `name` is missing");
    }

    @FunctionalInterface
    private interface Reading {
        Object read() throws LanguageException;
    }

    private static YamlRecord read(String text) throws LanguageException {
        return YamlRecord.readStrictly(YamlReader.read(text), "at", SHAPE);
    }

    private static void assertRefused(String text, String message) {
        assertRefused(() -> read(text), message);
    }

    private static void assertRefused(Reading reading, String message) {
        assertThatThrownBy(reading::read).isInstanceOf(LanguageException.class).hasMessageContaining(message);
    }
}
