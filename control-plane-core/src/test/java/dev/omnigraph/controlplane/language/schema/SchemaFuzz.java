package dev.omnigraph.controlplane.language.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.fuzz.FuzzTarget;
import dev.omnigraph.controlplane.fuzz.RecordedTexts;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.schema.migration.MigrationPlanner;
import dev.omnigraph.controlplane.testing.Places;
import java.util.List;
import java.util.random.RandomGenerator;

/** Schemas: whatever the text, it is one that reads back as itself, or an error at a place inside the text. */
public final class SchemaFuzz implements FuzzTarget {

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

    @Override
    public String name() {
        return "schema";
    }

    @Override
    public List<String> originals() {
        return SAMPLES;
    }

    @Override
    public List<String> fragments() {
        return FRAGMENTS;
    }

    @Override
    public RecordedTexts recorded() {
        return new RecordedTexts("golden-language/schemas.json", "source");
    }

    @Override
    public boolean accepts(String text, RandomGenerator random) {
        return accepts(text);
    }

    static boolean accepts(String text) {
        try {
            CompiledSchema schema = CompiledSchema.compile(text);
            assertThat(SchemaIr.parse(schema.ir().prettyText())).isEqualTo(schema.ir());
            assertThat(MigrationPlanner.plan(schema.ir(), schema.ir()).steps()).isEmpty();
            return true;
        } catch (LanguageException e) {
            Places.assertInside(e, text);
            return false;
        }
    }
}
