package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.fuzz.FuzzTarget;
import dev.omnigraph.controlplane.fuzz.RecordedTexts;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.query.QueryCheck.Refused;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog;
import dev.omnigraph.controlplane.testing.Places;
import java.util.List;
import java.util.random.RandomGenerator;

/** Stored queries: whatever the text, every query in it fits the schema or not, and every place lies inside the text. */
public final class QueryFuzz implements FuzzTarget {

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

    @Override
    public String name() {
        return "query";
    }

    @Override
    public List<String> originals() {
        return ORIGINALS;
    }

    @Override
    public List<String> fragments() {
        return PIECES;
    }

    @Override
    public RecordedTexts recorded() {
        return new RecordedTexts("golden-language/queries.json", "source");
    }

    @Override
    public boolean accepts(String text, RandomGenerator random) {
        try {
            List<QueryDeclaration> queries = QueryParser.parse(text).queries();
            return queries.stream().filter(query -> fits(query, text)).count() == queries.size();
        } catch (LanguageException e) {
            Places.assertInside(e, text);
            return false;
        }
    }

    private static boolean fits(QueryDeclaration query, String text) {
        Places.assertInside(query.position(), text);
        if (QueryChecker.check(query, CATALOG) instanceof Refused refused) {
            Places.assertInside(refused.finding().position(), text);
            return false;
        }
        return true;
    }
}
