package dev.omnigraph.controlplane.language.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.SourcePosition;
import dev.omnigraph.controlplane.language.SourceScanner;
import dev.omnigraph.controlplane.language.schema.migration.MigrationPlanner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text, the answer is a schema or an error at a place inside the text, and it comes soon. */
class SchemaMutationTest {

    private static final int MUTATIONS_PER_SEED = 2_000;

    private static final List<String> SAMPLES =
            List.of("""
            interface Named { title: String @index }
            node Doc @description("a \\"doc\\"\\n") implements Named {
              slug: String @key kind: enum(zeta, alpha) emb: Vector(4)? @embed("title", model="m/x") @index
              tags: [String]? n: U32? @foo(bar)
              @unique(slug, title) @range(n, -0.5..1.0) @check(title, "^[a-z]+$")
            }
            edge Cites: Doc -> Doc @card(0..5) @instruction("cite") { weight: F32? @index @unique(src, dst) }
            """, "// c\nnode A{a:Stringb:I32?/* x */@key(a)@index}edge E:A->A@card(1)");

    private static final List<String> FRAGMENTS = List.of(
            "node",
            "edge",
            "interface",
            "implements",
            "@key",
            "@key(",
            "@range(a, ..5)",
            "@card(0..)",
            "Vector(",
            "enum(",
            "[",
            "]",
            "{",
            "}",
            "(",
            ")",
            "?",
            ",",
            ":",
            "->",
            "..",
            "\"",
            "\\",
            "//",
            "/*",
            "*/",
            "true",
            "-1",
            "1.5",
            "99999999999999999999",
            "\u00a0",
            "\uFEFF",
            "\uD83D\uDE00",
            "\n",
            "\r",
            "\f",
            "a",
            "A",
            "id: String");

    static IntStream seeds() {
        return IntStream.range(0, 5);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void mutatedSchemasAreReadOrRefusedInsideTheText(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < MUTATIONS_PER_SEED; i++) {
            String source = SAMPLES.get(random.nextInt(SAMPLES.size()));
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                source = mutate(source, random);
            }
            check(source);
        }
    }

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
            check(text);
            check("node A { a: I32 " + text);
            check("node A @a(" + text);
            check("node A { a: I32 @range(a, " + text + "..5) }");
        });
    }

    private static void check(String source) {
        try {
            CompiledSchema schema = CompiledSchema.compile(source);
            assertThat(SchemaIr.parse(schema.ir().prettyText())).isEqualTo(schema.ir());
            assertThat(MigrationPlanner.plan(schema.ir(), schema.ir()).steps()).isEmpty();
        } catch (LanguageException e) {
            assertThat(e.position()).as(e.getMessage()).isPresent();
            assertThat(isInside(e.position().orElseThrow(), source))
                    .as(e.getMessage())
                    .isTrue();
        }
    }

    private static boolean isInside(SourcePosition position, String source) {
        String[] lines = source.split("\n", -1);
        if (position.line() > lines.length) {
            return false;
        }
        String line = lines[position.line() - 1];
        return position.column() <= line.codePointCount(0, line.length()) + 1;
    }

    private static String mutate(String source, Random random) {
        int from = random.nextInt(source.length() + 1);
        int to = Math.min(source.length(), from + random.nextInt(6));
        return switch (random.nextInt(4)) {
            case 0 -> source.substring(0, from) + source.substring(to);
            case 1 -> source.substring(0, from) + fragment(random) + source.substring(from);
            case 2 -> source.substring(0, from) + fragment(random) + source.substring(to);
            default -> source.substring(0, to) + source.substring(from);
        };
    }

    private static String fragment(Random random) {
        return FRAGMENTS.get(random.nextInt(FRAGMENTS.size()));
    }
}
