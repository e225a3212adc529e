package dev.omnigraph.controlplane.language.schema;

import dev.omnigraph.controlplane.language.SourceScanner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The longest texts that are read at all, made of one piece. */
class LongestSchemasTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/*",
                "//",
                "\"",
                "\\\"",
                "node A{",
                "node A{} ",
                "@a",
                "@a(\"x\")",
                "a:I32 ",
                "1",
                "-",
                "[",
                "(",
                "..",
                "a",
                "A",
                "enum(",
                ",a",
                "@unique(a",
                "@range(a,1..2)",
                "\n",
                "\uD83D\uDE00",
                "/**/",
                "@key",
                "true"
            })
    void theLongestTextsAreAnsweredSoon(String repeated) {
        int reserved = 64;
        int bytes = repeated.getBytes(StandardCharsets.UTF_8).length;
        String text = repeated.repeat((SourceScanner.MAX_SOURCE_BYTES - reserved) / bytes);

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            SchemaFuzz.accepts(text);
            SchemaFuzz.accepts("node A { a: I32 " + text);
            SchemaFuzz.accepts("node A @a(" + text);
            SchemaFuzz.accepts("node A { a: I32 @range(a, " + text + "..5) }");
        });
    }
}
