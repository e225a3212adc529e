package dev.omnigraph.controlplane.language.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.SourceExcerpt;
import dev.omnigraph.controlplane.language.SourcePosition;
import dev.omnigraph.controlplane.language.query.QueryCheck.Refused;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that nobody wrote: no crash, no endless loop, and every place lies inside the text. */
class QueryMutationTest {

    private static final int TEXTS_PER_SEED = 1_000;
    private static final int MOST_CHANGES = 4;
    private static final SchemaCatalog CATALOG = People.catalog();

    private static final List<String> ORIGINALS = List.of(
            "query a($x: String // why?\n, $v: Vector(3)?) @description(\"d\\n\") { match { $p: Person { age: 1,"
                    + " tags: $x } $p knows{1,3} $q not { $q worksAt $_ } search($p.bio, $x) } return { $p.slug as s,"
                    + " count($q) } order { $p.age desc, s } limit 5 }",
            "query b() { match { $n: Note /* c */ } return { $n } order { rrf(nearest($n.vector, [1, 2.5, 3]),"
                    + " bm25($n.text, \"x\"), 60), nearest($n.vector, \"q\") } limit 3 }",
            "query c($n: String) { insert Company { name: $n size: 1 } update Person set { seen: now(), mood: \"sad\" }"
                    + " where slug = $n delete Knows where weight >= 1.5 }",
            "queryd(){match{$p:Person$p.born=date(\"2020-01-01\")$p.tags contains \"😀\"}return{fuzzy($p.bio,\"x\",2)}}");

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "(",
            ")",
            "[",
            "]",
            "$",
            "$p",
            ".",
            ",",
            ":",
            "\"",
            "\\",
            "/*",
            "*/",
            "//",
            "?",
            "@",
            "not",
            "not{",
            "contains",
            "=",
            "<",
            "as",
            "asc",
            "limit 1",
            "order{",
            "true",
            "now()",
            "count(",
            "date(\"",
            "1",
            "1.5",
            "99999999999999999999",
            "Person",
            "knows",
            "insert",
            "where",
            "\n",
            "\t",
            " ",
            "é",
            "😀",
            "\ud800",
            "\u0000");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void anyTextIsJudged(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < TEXTS_PER_SEED; i++) {
            String source = mutate(ORIGINALS.get(random.nextInt(ORIGINALS.size())), random);
            try {
                QueryParser.parse(source).queries().forEach(query -> checkQuery(query, source));
            } catch (LanguageException e) {
                assertThat(e.position()).as(source).isPresent();
                assertInside(source, e.position().get());
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ", text " + i + ": " + source, e);
            }
        }
    }

    private static void checkQuery(QueryDeclaration query, String source) {
        assertInside(source, query.position());
        if (QueryChecker.check(query, CATALOG) instanceof Refused refused) {
            assertInside(source, refused.finding().position());
        }
    }

    private static void assertInside(String source, SourcePosition position) {
        String[] lines = source.split("\n", -1);
        assertThat(position.line()).as(source).isBetween(1, lines.length);
        String line = lines[position.line() - 1];
        assertThat(position.column()).as(source).isBetween(1, line.codePointCount(0, line.length()) + 1);
        assertThat(SourceExcerpt.of(source, position)).endsWith("^");
    }

    private static String mutate(String original, Random random) {
        StringBuilder text = new StringBuilder(original);
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(from, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> text.insert(random.nextInt(text.length() + 1), text.substring(from, to));
                default -> text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        return text.toString();
    }
}
