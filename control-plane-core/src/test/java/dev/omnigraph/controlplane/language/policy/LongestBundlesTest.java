package dev.omnigraph.controlplane.language.policy;

import dev.omnigraph.controlplane.language.yaml.YamlReader;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The longest bundles that are read at all, made of one piece. */
class LongestBundlesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "groups: {",
                "groups: [",
                "rules:\n- ",
                "protected_branches: [a, ",
                "x: ",
                "rules: [{id: a, ",
                "\n",
                "\""
            })
    void theLongestBundlesAreAnsweredSoon(String repeated) {
        String source = "version: 1\n" + repeated.repeat((YamlReader.MAX_CHARACTERS - 100) / repeated.length());

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> new PolicyFuzz().accepts(source, new Random(0)));
    }
}
