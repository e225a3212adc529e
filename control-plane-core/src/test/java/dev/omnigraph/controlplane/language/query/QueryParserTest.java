package dev.omnigraph.controlplane.language.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.SourcePosition;
import dev.omnigraph.controlplane.language.SourceScanner;
import dev.omnigraph.controlplane.language.query.Clause.Binding;
import dev.omnigraph.controlplane.language.query.Clause.Comparison;
import dev.omnigraph.controlplane.language.query.Clause.Membership;
import dev.omnigraph.controlplane.language.query.Clause.Negation;
import dev.omnigraph.controlplane.language.query.Clause.Traversal;
import dev.omnigraph.controlplane.language.query.Expression.Aggregate;
import dev.omnigraph.controlplane.language.query.Expression.Alias;
import dev.omnigraph.controlplane.language.query.Expression.Bm25;
import dev.omnigraph.controlplane.language.query.Expression.Fuzzy;
import dev.omnigraph.controlplane.language.query.Expression.Nearest;
import dev.omnigraph.controlplane.language.query.Expression.Rrf;
import dev.omnigraph.controlplane.language.query.Expression.Search;
import dev.omnigraph.controlplane.language.query.Literal.BooleanLiteral;
import dev.omnigraph.controlplane.language.query.ReadBody.Direction;
import dev.omnigraph.controlplane.language.query.WriteStatement.Delete;
import dev.omnigraph.controlplane.language.query.WriteStatement.Insert;
import dev.omnigraph.controlplane.language.query.WriteStatement.Update;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParserTest {

    private static final String PERSON = "match { $p: Person } return { $p.name }";

    /** The places are those of query-language.md 10.3 and 10.4. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1:1 | query q { match { $p: Person } return { $p.name } }",
                "1:22 | query q() { match {  } return { $p.name }  }",
                "1:44 | query q() { match { $p: Person } return {  }  }",
                "1:34 | query q() { match { $p: Person { } } return { $p.name }  }",
                "1:39 | query q() { match { $p: Person { age: -1 } } return { $p.name }  }",
                "1:39 | query q() { match { $p: Person { age: null } } return { $p.name }  }",
                "1:41 | query q() { match { $p: Person { score: 1e3 } } return { $p.name }  }",
                "1:41 | query q() { match { $p: Person { score: .5 } } return { $p.name }  }",
                "1:35 | query q() { match { $p: Person $p WorksAt $q } return { $q.name }  }",
                "1:35 | query q() { match { $p: Person $p not_x $q } return { $q.name }  }",
                "1:40 | query q() { match { $p: Person $p knows{2} $q } return { $q.name }  }",
                "1:40 | query q() { match { $p: Person $p.age == 3 } return { $p.name }  }",
                "1:40 | query q() { match { $p: Person $p.age <> 3 } return { $p.name }  }",
                "1:38 | query q() { match { $p: Person not { } } return { $p.name }  }",
                "1:48 | query q() { match { $p: Person search($p.name, \"x\", 1) } return { $p.name }  }",
                "1:39 | query q() { match { $p: Person search($p.name) } return { $p.name }  }",
                "1:52 | query q() { match { $p: Person fuzzy($p.name, \"x\", 2, 3) } return { $p.name }  }",
                "1:51 | query q() { match { $p: Person bm25($p.name, \"x\") } return { $p.name }  }",
                "1:95 | query q($v: Vector(3)) { match { $d: Doc } return { $d.id_str } order { nearest($d.embedding, $v) asc } limit 3 }",
                "1:64 | query q() { match { $d: Doc } return { $d.id_str } order { rrf(search($d.id_str, \"x\"), bm25($d.body, \"x\")) } limit 1 }",
                "1:54 | query q() { match { $p: Person } return { $p.name as A }  }",
                "1:61 | query q() { match { $p: Person } return { $p.name } order { $p.name asc $p.age desc } }",
                "1:74 | query q() { match { $p: Person } return { $p.name } order { $p.name asc, } }",
                "1:61 | query q() { match { $p: Person } return { $p.name } order { } }",
                "1:76 | query q() { match { $p: Person } return { $p.name as trueish } order { trueish } }",
                "1:53 | query q() { match { $p: Person } return { $p.name } limit 3 order { $p.name } }",
                "1:66 | query q($n: I32) { match { $p: Person } return { $p.name } limit $n }",
                "1:17 | query q($x: I32,) { match { $p: Person } return { $x }  }",
                "1:13 | query q($x: enum(a)) { match { $p: Person } return { $p.name }  }",
                "1:14 | query q($x: [Vector(3)]) { match { $p: Person } return { $x }  }",
                "1:13 | query q($x: I32 = 5) { match { $p: Person } return { $x }  }",
                "1:9 | query q($X: I32) { match { $p: Person } return { $p.name }  }",
                "1:24 | query q() @description(d) { match { $p: Person } return { $p.name }  }",
                "1:11 | query q() @foo(\"x\") { match { $p: Person } return { $p.name }  }",
                "1:11 | query q() @ description(\"x\") { match { $p: Person } return { $p.name }  }",
                "1:7 | query Foo() { match { $p: Person } return { $p.name } }",
                "1:34 | query a() { match { $p: Person } }",
                "1:13 | query a() { return { $p.name } match { $p: Person } }",
                "1:1 | # x query a() { match { $p: Person } return { $p.name } }",
                "1:1 | mutation { insert Company { name: \"x\" } }",
                "1:30 | query m() { insert Company { } }",
                "1:56 | query m() { insert Person { slug: \"a\", name: \"b\", age: null } }",
                "1:20 | query m() { insert knows { from: \"a\", to: \"b\", w: 1 } }",
                "1:33 | query m() { update Person set { } where slug = \"x\" }",
                "1:40 | query m() { update Person set { age: 1 } }",
                "1:53 | query m() { update Person set { age: 1 } where tags contains \"x\" }",
                "1:59 | query m() { update Person set { age: 1 } where slug = \"x\" and age = 1 }",
                "1:13 | query m() { delete Person }",
                "1:53 | query m() { match { $p: Person } return { $p.name } insert Company { name: \"x\" } }",
                "1:42 | query m() { insert Company { name: \"x\" } limit 3 }",
                "1:13 | query m() { }",
                "1:34 | query m(){insertCompany{name:\"x\"}updatePersonset{age:1}where slug=\"x\"deletePersonwhereslug=\"y\"}",
            })
    void aSyntaxErrorNamesThePlaceThatTheEngineNames(String place, String source) {
        LanguageException error = refusal(source);
        assertThat(error.position()).as(error.getMessage()).get().hasToString(place);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "expected a clause, found '}' | query q() { match { } return { $p } }",
                "expected an edge, a comparison, ':', '.' or 'contains', found 'WorksAt'"
                        + " | query q() { match { $p WorksAt $q } return { $p } }",
                "what begins here breaks off at 1:31: expected ',', found '}'"
                        + " | query q() { match { $p knows{2} $q } return { $p } }",
                "expected a return block, found the end of the text | query q() { match { $p: Person }",
                "expected a value, found 'null' | query q() { insert Person { age: null } }",
                "expected a value, found a string that is not closed | query q() { insert Person { age: \"null } }",
            })
    void aSyntaxErrorTellsWhatCouldStandThere(String message, String source) {
        assertThat(refusal(source)).hasMessageEndingWith(": " + message);
    }

    /** Positions and bounds of what follows the grammar and is still refused (query-language.md 3). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1:29 | query q() @description(\"d\") @description(\"e\") { %s }",
                "1:29 | query q() @instruction(\"d\") @instruction(\"e\") { %s }",
                "1:25 | query q() @description(\"\\q\") { %s }",
                "1:59 | query q() { %s limit 18446744073709551616 }",
                "1:59 | query q() { %s limit 99999999999999999999999999 }",
                "1:30 | query q() { match { $p knows{4294967296,} $q } return { $p } }",
                "1:32 | query q() { match { $p knows{1,4294967296} $q } return { $p } }",
                "1:43 | query q() { match { $p: Person } return { 9223372036854775808 } }",
                "1:41 | query q() { match { $p: Person { a: [1, 9223372036854775808] } } return { $p } }",
            })
    void whatTheGrammarAllowsCanStillBeRefused(String place, String source) {
        LanguageException error = refusal(source.formatted(PERSON));
        assertThat(error.position()).as(error.getMessage()).get().hasToString(place);
    }

    @Test
    void aSyntaxErrorComesBeforeAllOthers() {
        assertThat(refusal("query a() { %s limit 18446744073709551616 } query b".formatted(PERSON)))
                .hasMessageContaining("breaks off");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$x: String?                  | String?",
                "$x: String ?                 | String?",
                "$x: [Blob]?                  | [Blob]?",
                "$x: Vector( 03 ) ?           | Vector(03)?",
                "$x: DateTime                 | DateTime",
                "$x: String // why?\\n          | String?",
                "$x: String // why?\u00a0\\n    | String?",
                "$x: String // why? \\n\\n, $y: I32 | String?",
                "$x: String // why?\\n// not\\n  | String",
                "$x: String /* why? */        | String",
                "$x: String // why            | String",
            })
    void aTypeIsNullableByItsMarkOrByACommentThatEndsLikeOne(String parameters, String type) throws LanguageException {
        String source = "query q(" + parameters.replace("\\n", "\n") + "\n) { " + PERSON + " }";
        assertThat(only(source).parameters().get(0).typeText()).isEqualTo(type);
    }

    @Test
    void aQueryHasItsNotesAndKnowsItsPlace() throws LanguageException {
        QueryDeclaration query = only(
                "// first\nquery count_all ( ) @instruction(\"\")@description( \"a\\tb\" ) {%s}".formatted(PERSON));
        assertThat(query.name()).isEqualTo("count_all");
        assertThat(query.position()).isEqualTo(new SourcePosition(2, 7));
        assertThat(query.description()).contains("a\tb");
        assertThat(query.instruction()).contains("");
        assertThat(query.isMutation()).isFalse();
    }

    @Test
    void namesOfQueriesMayRepeatAndTheFirstIsFound() throws LanguageException {
        QueryFile file = QueryParser.parse("query a() {%s} query a() { delete T where x = 1 }".formatted(PERSON));
        assertThat(file.queries()).hasSize(2);
        assertThat(file.find("a").orElseThrow().isMutation()).isFalse();
        assertThat(file.find("b")).isEmpty();
        assertThat(QueryParser.parse(" // nothing").queries()).isEmpty();
    }

    @Test
    void twoBareVariablesAroundContainsAreATraversal() throws LanguageException {
        List<Clause> clauses = match("$a contains $b $a.tags contains $b");
        assertThat(clauses.get(0)).isInstanceOfSatisfying(Traversal.class, traversal -> {
            assertThat(traversal.word()).isEqualTo("contains");
            assertThat(traversal.to().name()).isEqualTo("b");
        });
        assertThat(clauses.get(1)).isInstanceOf(Membership.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"$a knows $b | 1 | 1", "$a knows{2,3}$b | 2 | 3", "$a knows { 0 , 4294967295 } $b | 0 | 4294967295"
            })
    void aTraversalFollowsOneEdgeUnlessItHasBounds(String clause, long min, long max) throws LanguageException {
        assertThat(match(clause).get(0)).isInstanceOfSatisfying(Traversal.class, traversal -> {
            assertThat(traversal.hops().min()).isEqualTo(min);
            assertThat(traversal.hops().max()).hasValue(max);
        });
    }

    @Test
    void aTraversalWithoutUpperBoundIsParsed() throws LanguageException {
        assertThat(match("$a knows{2,} $b").get(0))
                .isInstanceOfSatisfying(
                        Traversal.class,
                        traversal -> assertThat(traversal.hops().max()).isEqualTo(OptionalLong.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"notify", "notx", "not1", "nota_", "no", "no_t"})
    void anEdgeWordMayBeginLikeNot(String word) throws LanguageException {
        assertThat(match("$a " + word + " $b").get(0))
                .isInstanceOfSatisfying(
                        Traversal.class,
                        traversal -> assertThat(traversal.word()).isEqualTo(word));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not", "not_", "not_x"})
    void anEdgeWordIsNotANegation(String word) {
        assertThat(refusal("query q() { match { $a " + word + " $b } return { $a } }")
                        .position())
                .contains(new SourcePosition(1, 24));
    }

    @Test
    void clausesAreToldApart() throws LanguageException {
        List<Clause> clauses = match("$p: Person { age: 1, name: $n, } not{$p knows $_}search($p.bio, \"x\")"
                + " bm25($p.bio,\"x\")>=0.5 now() != $p.seen");
        assertThat(clauses.get(0)).isInstanceOfSatisfying(Binding.class, binding -> {
            assertThat(binding.type()).isEqualTo(new TypeName("Person", new SourcePosition(1, 25)));
            assertThat(binding.fields()).extracting(Field::property).containsExactly("age", "name");
        });
        assertThat(clauses.get(1))
                .isInstanceOfSatisfying(
                        Negation.class,
                        negation ->
                                assertThat(negation.clauses()).singleElement().isInstanceOf(Traversal.class));
        assertThat(clauses.get(2)).isInstanceOfSatisfying(Comparison.class, search -> {
            assertThat(search.left()).isInstanceOf(Search.class);
            assertThat(search.operator()).isEqualTo(ComparisonOperator.EQUAL);
            assertThat(search.right())
                    .isInstanceOfSatisfying(
                            BooleanLiteral.class,
                            value -> assertThat(value.value()).isTrue());
        });
        assertThat(clauses.subList(3, 5))
                .extracting(clause -> ((Comparison) clause).operator())
                .containsExactly(ComparisonOperator.GREATER_OR_EQUAL, ComparisonOperator.NOT_EQUAL);
    }

    @Test
    void keywordsHaveNoBoundariesAndCommasBetweenProjectionsAreOptional() throws LanguageException {
        ReadBody body = read("return { $p.name assignee $p.age, count($p)as n countries true as x, }");
        assertThat(body.projections())
                .extracting(projection -> projection.alias().orElse("-"))
                .containsExactly("signee", "-", "n", "-", "x");
        assertThat(body.projections().get(2).expression()).isInstanceOf(Aggregate.class);
        assertThat(body.projections().get(3).expression()).isInstanceOf(Alias.class);
    }

    @Test
    void aWordThatNamesNothingAfterItIsItselfAnAlias() throws LanguageException {
        ReadBody body = read("return { $p.name as $p.age }");
        assertThat(body.projections())
                .extracting(projection -> projection.expression().getClass().getSimpleName())
                .containsExactly("Access", "Alias", "Access");
    }

    @Test
    void functionsTakeTheirArguments() throws LanguageException {
        ReadBody body = read("return { fuzzy($p.bio, \"x\", 2) rrf(nearest($p . v, [1, 2.5]), bm25(a, b), 60) }");
        assertThat(body.projections().get(0).expression())
                .isInstanceOfSatisfying(
                        Fuzzy.class, fuzzy -> assertThat(fuzzy.maxEdits()).isPresent());
        assertThat(body.projections().get(1).expression()).isInstanceOfSatisfying(Rrf.class, rrf -> {
            assertThat(rrf.first()).isInstanceOf(Nearest.class);
            assertThat(rrf.second()).isInstanceOf(Bm25.class);
            assertThat(rrf.k()).isPresent();
        });
    }

    @Test
    void orderingsAscendUnlessTheyDescend() throws LanguageException {
        ReadBody body = read("return { $p.name } order { $p.age desc, $p.name, nearest($p.v, $q), x asc } limit 007");
        assertThat(body.orderings())
                .extracting(ReadBody.Ordering::direction)
                .containsExactly(Direction.DESCENDING, Direction.ASCENDING, Direction.ASCENDING, Direction.ASCENDING);
        assertThat(body.limit()).get().extracting(ReadBody.Limit::rows).hasToString("7");
    }

    @Test
    void writesAreAListOfStatements() throws LanguageException {
        QueryDeclaration query = only("query m($n: String) { insertCompany{name:$n big:1,}"
                + "update Company set { big: 2 } where name != \"x\" delete Company where big < 3.5 }");
        assertThat(query.isMutation()).isTrue();
        List<WriteStatement> statements = ((WriteBody) query.body()).statements();
        assertThat(statements)
                .hasExactlyElementsOfTypes(Insert.class, Update.class, Delete.class)
                .extracting(statement -> statement.target().name())
                .containsOnly("Company");
        assertThat(((Insert) statements.get(0)).assignments())
                .extracting(Field::property)
                .containsExactly("name", "big");
        assertThat(((Update) statements.get(1)).predicate().operator()).isEqualTo(ComparisonOperator.NOT_EQUAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return { %s$p%s } | count( | )",
                "return { %s1%s } | [ | ]",
                "return { $p } order { %s$p%s } | search($p.a, | )",
                "not { $p: Person not { %s$p: Person%s } } return { $p } | not { | }",
            })
    void nestingIsLimited(String rest, String open, String close) throws LanguageException {
        String within = nested(rest, open, close, Grammar.MAX_NESTING / 2);
        assertThat(QueryParser.parse(within).queries()).hasSize(1);

        String beyond = nested(rest, open, close, 50_000);
        assertThat(refusal(beyond)).hasMessageContaining("nested more than 128 levels deep");
    }

    @Test
    void aLongSourceIsRefused() {
        assertThat(refusal(" ".repeat(SourceScanner.MAX_SOURCE_BYTES + 1))).hasMessageContaining("1048577 bytes");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aSourceOfManyClausesOnOneLineIsReadInReasonableTime() throws LanguageException {
        String clause = "$p.age>1 ";
        int count = (SourceScanner.MAX_SOURCE_BYTES - 100) / clause.length();
        assertThat(match("$p: Person " + clause.repeat(count))).hasSize(count + 1);
    }

    private static String nested(String rest, String open, String close, int levels) {
        String text = rest.formatted(open.repeat(levels), close.repeat(levels));
        return text.startsWith("not")
                ? "query q() { match { $p: Person " + text.replace("} } return", "} } } return") + " }"
                : "query q() { match { $p: Person } " + text + " }";
    }

    private static List<Clause> match(String clauses) throws LanguageException {
        return ((ReadBody) only("query q() { match { " + clauses + " } return { $p } }")
                        .body())
                .match();
    }

    private static ReadBody read(String rest) throws LanguageException {
        return (ReadBody)
                only("query q() { match { $p: Person } " + rest + " }").body();
    }

    private static QueryDeclaration only(String source) throws LanguageException {
        QueryFile file = QueryParser.parse(source);
        assertThat(file.queries()).hasSize(1);
        return file.queries().get(0);
    }

    private static LanguageException refusal(String source) {
        LanguageException error = catchThrowableOfType(LanguageException.class, () -> QueryParser.parse(source));
        assertThat(error).as("refused: " + source).isNotNull();
        return error;
    }
}
