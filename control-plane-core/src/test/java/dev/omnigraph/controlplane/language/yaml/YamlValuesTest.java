package dev.omnigraph.controlplane.language.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlValuesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{a: 1, b: {a: 1}}",
                "{1: x, '1': y}",
                "{1: x, 1.0: y}",
                "{a: x, !t a: y}",
                "[x, x]",
                "{[a]: 1, [b]: 1}"
            })
    void keysDifferByTypeTagAndContent(String text) throws Exception {
        assertThat(YamlValues.isWellFormed(YamlReader.read(text))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{a: 1, 'a': 2}",
                "{x: {a: 1, a: 1}}",
                "{1: x, 0x1: y}",
                "{~: x, null: y}",
                "{[a]: 1, ['a']: 2}",
                "[{a: 1, a: 2}]",
                "{a: !!int b}",
                "{a: 123456789012345678901234567890}"
            })
    void equalKeysAndBrokenScalarsAreFound(String text) throws Exception {
        assertThat(YamlValues.isWellFormed(YamlReader.read(text))).isFalse();
    }
}
