package dev.omnigraph.controlplane.language.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.SourcePosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

    @Test
    void nodesKnowWhereTheyBegin() throws Exception {
        YamlMapping root = (YamlMapping) YamlReader.read("a: 1\nb:\n  - x\n  - {c: d}\n");

        YamlSequence list = (YamlSequence) root.entries().get(1).value();
        assertThat(root.entries().get(1).key().position()).isEqualTo(new SourcePosition(2, 1));
        assertThat(list.items().get(0).position()).isEqualTo(new SourcePosition(3, 5));
        assertThat(list.items().get(1).position()).isEqualTo(new SourcePosition(4, 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "\n\n"})
    void aTextWithoutADocumentIsEmpty(String text) throws Exception {
        assertThat(((YamlScalar) YamlReader.read(text)).isEmptyPlain()).isTrue();
    }

    @Test
    void anAliasIsTheNodeItNames() throws Exception {
        YamlMapping root = (YamlMapping) YamlReader.read("a: &x {b: c}\nd: *x\n");

        assertThat(root.entries().get(1).value()).isSameAs(root.entries().get(0).value());
    }

    @Test
    void refusalsNameThePlace() {
        assertRefused("a: *x\n", "line 1, column 4: the alias `*x` names no anchor that is complete before it");
        assertRefused("a: &x [*x]\n", "line 1, column 8: the alias `*x`");
        assertRefused("a: 1\n---\nb: 2\n", "line 2, column 1: a second document");
        assertRefused("a: b: c\n", "line 1, column 5: ");
        assertRefused("a:\n\tb: c\n", "line 2, column 1: ");
        assertRefused("a: 1\nb: \"x\u0001\"\n", "line 2, column 6: the character U+0001 may not stand in YAML");
        // Of the characters that end a line in YAML 1.1, editors count the line feed only.
        assertRefused("a: 1 # \u0085 \u2028\n😀 b: [\n", "line 3, column 1: ");
        assertRefused("a: \"b\\ud800\"\n", "line 1, column 4: an escape names half a character");
        assertRefused("a: \"b\\\tc\"\n", "line 1, column 7: ");
        assertRefused("a: [!b, c]\n", "line 1, column 5: the tag <!b,> holds a comma");
        assertRefused("a: \"\\UFFFFFFFF\"\n", "line 1, column 1: the text is not YAML");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:\t1\n",
                "{a:\t 1, \t b: \t2}\n",
                "{a: 1,\n\t b: 2}\n",
                "a: \t 1\n",
                "a:\t|\n  1\n",
                "a: !!int\t1\n",
                "a: &x\t1\n",
                "---\t1\n"
            })
    void aTabBehindATokenIsWhiteSpace(String text) throws Exception {
        assertThat(YamlReader.read(text)).isEqualTo(YamlReader.read(text.replace('\t', ' ')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ta: 1\n", "a:\n\t- 1\n", "-\ta\n", "- a\n-\t- b\n", "?\ta\n", "? a\n:\t- b\n"})
    void aTabThatIndentsIsRefused(String text) {
        assertRefused(text, "line ");
    }

    @Test
    void tabsInsideScalarsStay() throws Exception {
        YamlMapping root = (YamlMapping) YamlReader.read("a:\tb\tc\nd: 'e\tf'\ng: |\n  h:\ti\n");

        assertThat(root.entries().stream().map(entry -> ((YamlScalar) entry.value()).text()))
                .containsExactly("b\tc", "e\tf", "h:\ti\n");
    }

    @Test
    void textsThatAreTooLongAreRefused() {
        assertRefused(
                "a\n" + "b".repeat(YamlReader.MAX_CHARACTERS),
                "line 2, column 1048575: the text has 1048578 characters; 1048576 are the limit");
    }

    @Test
    void nestingIsLimited() throws Exception {
        int limit = YamlReader.MAX_DEPTH;
        YamlReader.read("[".repeat(limit) + "]".repeat(limit));

        assertRefused("[".repeat(limit + 1) + "]".repeat(limit + 1), "128 levels are the limit");
    }

    @Test
    void aliasesCountAsWhatTheyName() throws Exception {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            String alias = "*a" + (i - 1) + ", ";
            text.append("a" + i + ": &a" + i + " [" + alias.repeat(10) + "]\n");
        }

        assertRefused(text.toString(), "more than 100000 nodes");
        YamlReader.read(text.substring(0, text.indexOf("a4: ")));
    }

    @Test
    void aTextFullOfTabsIsRefusedCheaply() {
        assertRefused("a: 1\n" + "b:\t1\n".repeat(100_000), "line ");
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> YamlReader.read(text))
                .isInstanceOf(LanguageException.class)
                .hasMessageContaining(message);
    }
}
