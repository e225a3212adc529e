package dev.omnigraph.controlplane.language.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.query.QueryCheck.Accepted;
import dev.omnigraph.controlplane.language.query.QueryCheck.Refused;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryCheckerTest {

    private static final SchemaCatalog CATALOG = People.catalog();

    /** A marker before the place that a finding has to name. */
    private static final String PLACE = "^";

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource({"parameters", "bindings", "traversals", "filters", "negations", "functions", "results", "writes"})
    void aQueryThatBreaksARuleIsRefusedAtThePlace(QueryRule rule, String message, String marked)
            throws LanguageException {
        QueryFinding finding = refuse(marked.replace(PLACE, ""));

        assertThat(finding.text()).contains(message);
        assertThat(finding.rule()).isEqualTo(rule);
        assertThat(finding.position().line()).isEqualTo(1);
        assertThat(finding.position().column()).isEqualTo(marked.indexOf(PLACE) + 1);
    }

    @Test
    void everyRuleIsBrokenByOneOfTheseQueries() {
        Set<QueryRule> broken = EnumSet.noneOf(QueryRule.class);
        Stream.of(parameters(), bindings(), traversals(), filters(), negations(), functions(), results(), writes())
                .flatMap(rows -> rows)
                .forEach(row -> broken.add((QueryRule) row.get()[0]));
        assertThat(broken).containsExactlyInAnyOrder(QueryRule.values());
    }

    static Stream<Arguments> parameters() {
        return Stream.of(
                row(
                        QueryRule.PARAMETER,
                        "reserved",
                        "query q(^$__nanograph_now: DateTime) { match { $p: Nope } return { $p } }"),
                row(
                        QueryRule.PARAMETER,
                        "Vector(0)",
                        "query q($a: I32, ^$x: Vector(0)) { match { $p: Nope } return { $p } }"),
                row(QueryRule.PARAMETER, "Vector(00)", "query q(^$x: Vector(00)) { delete Nope where a = 1 }"),
                row(
                        QueryRule.PARAMETER,
                        "1 to 2147483647",
                        "query q(^$x: Vector(2147483648)) { delete Nope where a = 1 }"),
                row(
                        QueryRule.PARAMETER,
                        "dimensions",
                        "query q(^$x: Vector(99999999999999999999)) { delete Nope where a = 1 }"));
    }

    static Stream<Arguments> bindings() {
        return Stream.of(
                match(QueryRule.BINDING_TYPE, "did you mean 'Person'?", "$p: ^Persom"),
                match(QueryRule.BINDING_TYPE, "an edge type", "$p: ^Knows"),
                match(QueryRule.BINDING_TYPE, "an interface", "$p: ^Named"),
                match(QueryRule.BINDING_PROPERTY, "did you mean 'slug'?", "$p: Person { age: 1, ^slgu: \"x\" }"),
                match(QueryRule.BINDING_PROPERTY, "column of the engine", "$p: Person { ^id: \"x\" }"),
                match(QueryRule.LITERAL, "blobs cannot be matched", "$p: Person { ^photo: $nothing }"),
                match(QueryRule.LITERAL, "contain", "$p: Person { tags: ^[\"a\"] }"),
                match(QueryRule.LITERAL, "cannot contain I64", "$p: Person { tags: ^1 }"),
                match(QueryRule.LITERAL, "2 elements", "$p: Person { bioVec: ^[1, 2.5] }"),
                match(QueryRule.LITERAL, "[String] does not fit", "$p: Person { bioVec: ^[] }"),
                match(
                        QueryRule.LITERAL,
                        "T3: property 'age' is of type I32?; Bool does not fit",
                        "$p: Person { age: ^true }"),
                match(QueryRule.LITERAL, "write date(", "$p: Person { born: ^\"2020-01-01\" }"),
                match(QueryRule.LITERAL, "write datetime(", "$p: Person { seen: ^\"2020-01-01\" }"),
                match(QueryRule.LITERAL, "DateTime does not fit", "$p: Person { born: ^datetime(\"x\") }"),
                match(QueryRule.LITERAL, "did you mean 'merry'?", "$p: Person { mood: ^\"mery\" }"),
                match(QueryRule.OPERAND, "[String]? and cannot contain I32", "($i: I32) $p: Person { tags: ^$i }"),
                match(QueryRule.OPERAND, "the one element", "($s: [String]) $p: Person { tags: ^$s }"),
                match(QueryRule.OPERAND, "String does not fit", "($s: String) $p: Person { age: ^$s }"),
                match(QueryRule.OPERAND, "DateTime does not fit", "$p: Person { born: ^now() }"),
                match(QueryRule.OPERAND, "DateTime does not fit", "$p: Person { tags: ^now() }"),
                match(QueryRule.LIST_LITERAL, "like its first one, which is I64", "$p: Person { bioVec: [1, ^\"a\"] }"),
                match(QueryRule.LIST_LITERAL, "like its first one", "$p: Person { bioVec: [1, ^[2]] }"),
                match(QueryRule.LIST_LITERAL, "another list", "$p: Person { bioVec: [^[1]] }"),
                match(QueryRule.VARIABLE, "'$p' is a 'Person' already", "$p: Person $p: ^Company"),
                match(QueryRule.BINDING_PROPERTY, "'zz'", "$p: Person $p: Company { ^zz: 1 }"),
                match(QueryRule.VARIABLE, "already", "$_: Person $_: ^Company"));
    }

    static Stream<Arguments> traversals() {
        return Stream.of(
                match(QueryRule.EDGE, "T4: 'wrksAt' is no edge type; did you mean 'worksAt'?", "$p ^wrksAt{0,0} $q"),
                match(QueryRule.HOPS_OR_NEAREST, "at least 1", "$p knows^{0,} $q"),
                match(QueryRule.HOPS_OR_NEAREST, "needs an upper bound, such as {3,5}", "$p knows^{3,} $q"),
                match(QueryRule.HOPS_OR_NEAREST, "{3,2} are in the wrong order", "$n: Note $n knows^{3,2} $q"),
                match(QueryRule.ENDPOINT, "edge Knows: Person -> Person has no such end", "$n: Note ^$n knows $q"),
                match(QueryRule.ENDPOINT, "has no such end", "$n: Note $q knows ^$n"),
                match(QueryRule.ENDPOINT, "has a 'Company' there", "$p: Person $n: Note $p worksAt ^$n"),
                match(QueryRule.ENDPOINT, "has a 'Person' there", "$c: Company $n: Note $c worksAt ^$n"),
                match(QueryRule.ENDPOINT, "has a 'Company' there", "$a worksAt ^$a"),
                match(QueryRule.ENDPOINT, "has no such end", "$_: Note ^$_ knows $p"),
                match(QueryRule.ACCESS, "'$_' is not bound here", "$a knows $_ ^$_.age = 1"));
    }

    static Stream<Arguments> filters() {
        return Stream.of(
                match(QueryRule.VARIABLE, "'$zz' is no parameter and is not bound here", "$p: Person ^$zz = 1"),
                match(QueryRule.VARIABLE, "did you mean 'person'?", "$person: Person 1 = ^$persn"),
                match(QueryRule.ACCESS, "T6: '$z' is not bound here", "$p: Person ^$z.age = 1"),
                match(QueryRule.ACCESS, "is a parameter", "($x: I32) $p: Person ^$x.age = 1"),
                match(QueryRule.ACCESS, "did you mean 'age'?", "$p: Person $p.^agee = 1"),
                match(QueryRule.OPERAND, "a node of type 'Person'", "$p: Person ^$p = 1"),
                match(QueryRule.OPERAND, "unknown alias", "$p: Person 1 != ^alias"),
                match(QueryRule.OPERAND, "an aggregate", "$p: Person ^count($p) > 1"),
                match(QueryRule.OPERAND, "lists cannot be compared", "$p: Person \"x\" = ^$p.tags"),
                match(QueryRule.OPERAND, "vectors cannot be compared", "$p: Person ^$p.bioVec = 1"),
                match(QueryRule.OPERAND, "blobs cannot be compared", "$p: Person ^$p.photo = \"x\""),
                match(QueryRule.OPERAND, "I32? cannot be compared with String", "$p: Person $p.age > ^\"x\""),
                match(QueryRule.OPERAND, "write date(", "$p: Person $p.born = ^\"2020-01-01\""),
                match(QueryRule.OPERAND, "looks into a list, not into String", "$p: Person ^$p.slug contains [\"x\"]"),
                match(QueryRule.OPERAND, "not for a list", "$p: Person $p.tags contains ^[\"x\"]"),
                match(QueryRule.OPERAND, "vectors", "($v: Vector(3)) $p: Person $p.ranks contains ^$v"),
                match(QueryRule.OPERAND, "[String]? cannot contain I64", "$p: Person $p.tags contains ^5"),
                match(QueryRule.OPERAND, "a node of type 'Person'", "$p: Person $p.tags contains ^$p"));
    }

    static Stream<Arguments> negations() {
        return Stream.of(
                match(
                        QueryRule.OUTER_REFERENCE_OR_GROUPING,
                        "nothing that was bound before",
                        "$p: Person ^not { $a knows $b }"),
                match(QueryRule.OUTER_REFERENCE_OR_GROUPING, "bound", "$p: Person ^not { not { $p knows $_ } }"),
                match(QueryRule.OUTER_REFERENCE_OR_GROUPING, "bound", "($x: I32) $p: Person ^not { $x = 1 }"),
                match(QueryRule.OUTER_REFERENCE_OR_GROUPING, "bound", "$p: Person ^not { $q: Person { slug: $p } }"),
                match(QueryRule.OUTER_REFERENCE_OR_GROUPING, "bound", "^not { $p knows $_ } $p: Person"),
                match(QueryRule.ACCESS, "'$f' is not bound", "$p: Person not { $p knows $f } ^$f.age = 1"),
                match(QueryRule.EDGE, "'likes'", "$p: Person not { $a ^likes $b }"));
    }

    static Stream<Arguments> functions() {
        return Stream.of(
                match(QueryRule.TEXT_SEARCH, "search looks into a String, not I32?", "$p: Person search(^$p.age, 1)"),
                match(QueryRule.TEXT_SEARCH, "not a node", "$p: Person search($p.slug, ^$p)"),
                match(QueryRule.TEXT_SEARCH, "fuzzy looks into", "$p: Person fuzzy(^$p.tags, \"x\", 2.5)"),
                match(QueryRule.TEXT_SEARCH, "fuzzy looks for", "$p: Person fuzzy($p.slug, ^1, 2.5)"),
                match(QueryRule.TEXT_SEARCH, "whole number, not F64", "$p: Person fuzzy($p.slug, \"x\", ^2.5)"),
                match(QueryRule.TEXT_SEARCH, "whole number, not [I64]", "$p: Person fuzzy($p.slug, \"x\", ^[1])"),
                match(QueryRule.TEXT_MATCH, "match_text looks into", "$p: Person match_text(^$p.age, \"x\")"),
                match(QueryRule.TEXT_MATCH, "match_text looks for", "$p: Person match_text($p.slug, ^alias)"),
                match(QueryRule.TEXT_MATCH, "bm25 looks into", "$p: Person bm25(^$p.born, \"x\") > 0.5"),
                match(QueryRule.TEXT_MATCH, "bm25 looks for", "$p: Person bm25($p.slug, ^now()) > 0.5"),
                returns(QueryRule.HOPS_OR_NEAREST, "not bound", "nearest(^$z.vector, 1)"),
                returns(QueryRule.HOPS_OR_NEAREST, "did you mean 'vector'?", "nearest($n.^vectr, 1)"),
                returns(QueryRule.HOPS_OR_NEAREST, "'text' is String?", "nearest(^$n.text, 1)"),
                returns(QueryRule.HOPS_OR_NEAREST, "a vector of 2 elements", "nearest($n.vector, ^[1, 2])"),
                returns(QueryRule.HOPS_OR_NEAREST, "not for [String]", "nearest($n.vector, ^[])"),
                returns(QueryRule.HOPS_OR_NEAREST, "not for a node", "nearest($n.vector, ^$n)"),
                returns(QueryRule.LIST_LITERAL, "another list", "nearest($n.vector, [^[1]])"),
                row(
                        QueryRule.HOPS_OR_NEAREST,
                        "not for Vector(2)",
                        "query q($v: Vector(2)) { match { $n: Note } return { nearest($n.vector, ^$v) } }"),
                returns(QueryRule.RANK_FUSION, "whole number", "rrf(bm25($n.text, \"x\"), bm25($n.text, \"x\"), ^1.5)"),
                returns(QueryRule.RANK_FUSION, "at least 1", "rrf(bm25($n.text, \"x\"), bm25($n.text, \"x\"), ^0)"),
                returns(QueryRule.TEXT_MATCH, "bm25", "rrf(bm25($n.text, \"x\"), bm25($n.text, ^1), 0)"),
                returns(QueryRule.AGGREGATE_ARGUMENT, "sum works on numbers, not on String", "sum(^$n.title)"),
                returns(QueryRule.AGGREGATE_ARGUMENT, "avg works on numbers, not on Bool", "avg(^true)"),
                returns(QueryRule.AGGREGATE_ARGUMENT, "numbers and texts, not on DateTime", "max(^now())"),
                returns(QueryRule.AGGREGATE_ARGUMENT, "not on [String]", "min(^[\"a\"])"),
                returns(QueryRule.ACCESS, "'$z'", "count(^$z.age)"));
    }

    static Stream<Arguments> results() {
        return Stream.of(
                returns(QueryRule.OUTER_REFERENCE_OR_GROUPING, "grouped", "count($n) as c, ^\"text\""),
                returns(QueryRule.OUTER_REFERENCE_OR_GROUPING, "grouped", "count($n) as c $n.title ^c"),
                returns(QueryRule.OUTER_REFERENCE_OR_GROUPING, "grouped", "^now() count($n)"),
                returns(QueryRule.NEAREST_LIMIT, "limit", "$n.title } order { ^nearest($n.vector, \"x\")"),
                returns(QueryRule.NEAREST_LIMIT, "limit", "nearest($n.vector, \"x\") as d } order { $n.title, ^d"),
                returns(
                        QueryRule.NEAREST_LIMIT,
                        "limit",
                        "nearest($n.vector, \"x\") as a, a as b, b as c } order { ^c"),
                returns(QueryRule.NEAREST_LIMIT, "limit", "$n.title } order { ^count(nearest($n.vector, \"x\"))"),
                returns(QueryRule.NEAREST_LIMIT, "limit", "1 as d, nearest($n.vector, \"x\") as d } order { ^d"),
                limited(QueryRule.NEAREST_ALIAS, "alias", "nearest($n.vector, \"x\") as d } order { ^d"),
                limited(QueryRule.NEAREST_ALIAS, "alias", "$n.title as t } order { nearest($n.vector, \"x\"), ^t"),
                limited(QueryRule.NEAREST_ALIAS, "alias", "$n.title } order { nearest($n.vector, \"x\"), ^unknown"),
                returns(
                        QueryRule.RANK_FUSION,
                        "limit",
                        "$n } order { nearest($n.vector, \"x\"), ^rrf(bm25($n.text, \"x\"), bm25($n.text, \"x\"))"),
                returns(
                        QueryRule.RANK_FUSION,
                        "limit",
                        "rrf(nearest($n.vector, \"x\"), bm25($n.text, \"x\")) as r, count($n), 1 } order { ^r"),
                returns(QueryRule.NEAREST_LIMIT, "limit", "count($n), 1 } order { ^nearest($n.vector, \"x\")"),
                returns(QueryRule.ACCESS, "'$z'", "$n.title } order { nearest($n.vector, \"x\"), ^$z.title"));
    }

    static Stream<Arguments> writes() {
        return Stream.of(
                write(
                        QueryRule.WRITE_TARGET,
                        "no node or edge type; did you mean 'Company'?",
                        "insert ^Compny { name: 1 }"),
                write(QueryRule.WRITE_TARGET, "did you mean 'Knows'?", "insert ^KNOWS { from: 1 }"),
                write(QueryRule.WRITE_TARGET, "an interface", "insert ^Named { name: 1 }"),
                write(QueryRule.WRITE_TARGET, "'Nope'", "update ^Nope set { a: 1, a: 2 } where b = 1"),
                write(QueryRule.WRITE_TARGET, "'Nope'", "delete ^Nope where b = 1"),
                write(QueryRule.WRITE_TARGET, "'Nope'", "insert Company { name: \"x\" } delete ^Nope where b = 1"),
                write(QueryRule.DUPLICATE_ASSIGNMENT, "'a' is assigned twice", "insert Nope { a: 1, ^a: 2 }"),
                write(QueryRule.DUPLICATE_ASSIGNMENT, "twice", "update Company set { zz: 1 ^zz: 2 } where b = 1"),
                write(QueryRule.WRITE_PROPERTY, "did you mean 'name'?", "insert Company { ^nmae: \"x\" }"),
                write(QueryRule.WRITE_PROPERTY, "did you mean 'from'?", "insert Knows { ^form: \"x\" }"),
                write(QueryRule.WRITE_PROPERTY, "column of the engine", "insert Knows { ^src: \"x\" }"),
                write(QueryRule.WRITE_PROPERTY, "'zz'", "delete Knows where ^zz = 1"),
                write(QueryRule.WRITE_PROPERTY, "'id'", "update Company set { size: 1 } where ^id = \"x\""),
                write(QueryRule.WRITE_PROPERTY, "is a blob", "delete Person where ^photo = \"x\""),
                write(QueryRule.LITERAL, "I64 does not fit", "insert Company { name: ^5 }"),
                write(QueryRule.LITERAL, "as a String parameter", "delete WorksAt where badge = ^\"x\""),
                write(
                        QueryRule.LITERAL,
                        "[String] does not fit",
                        "update Person set { ranks: ^[] } where slug = \"x\""),
                write(QueryRule.LITERAL, "String does not fit", "delete Person where tags = ^\"x\""),
                write(QueryRule.LITERAL, "calm, merry, sad", "delete Person where mood = ^\"zz\""),
                write(QueryRule.LITERAL, "4 elements", "update Note set { vector: ^[1,2,3,4] } where title = \"x\""),
                write(QueryRule.LITERAL, "'from'", "insert Knows { from: ^1, to: \"b\", weight: 1 }"),
                write(QueryRule.OPERAND, "I32 does not fit", "($i: I32) delete Knows where to = ^$i"),
                write(
                        QueryRule.OPERAND,
                        "[String] does not fit",
                        "($s: [String]) update Person set { photo: ^$s } where age = 1"),
                write(QueryRule.OPERAND, "DateTime does not fit", "update Person set { born: ^now() } where age = 1"),
                write(
                        QueryRule.WRITE_VARIABLE,
                        "did you mean 'name'?",
                        "($name: String) insert Company { name: ^$nane }"),
                write(QueryRule.WRITE_VARIABLE, "'$z'", "delete Company where name = ^$z"),
                write(QueryRule.REQUIRED_PROPERTY, "must also give 'slug', 'name'", "insert ^Person { age: 1 }"),
                write(
                        QueryRule.REQUIRED_PROPERTY,
                        "must also give 'vector' (or 'text', from which it is computed), 'kind'",
                        "insert ^Note { title: \"x\" }"),
                write(QueryRule.REQUIRED_PROPERTY, "'from', 'to', 'weight'", "insert ^Knows { since: date(\"x\") }"),
                write(
                        QueryRule.EDGE_UPDATE,
                        "delete and insert instead",
                        "update ^Knows set { a: 1, a: 1 } where b = 1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query q() { match { $p: Person { age: $undeclared } } return { sum($p), sum(unknown) } order { unknown } limit 0 }",
                "query q($p: I32) { match { $p: Person $p = 1 } return { $p, $p.age } }",
                "query q() { match { $a knows $b $c wORKSAT $d } return { $a.age } }",
                "query q() { match { $c: Company $c worksAt $p $p.age > 1 } return { $p } }",
                "query q() { match { $p worksAt $c $c.size > 1 $p: Person } return { $p } }",
                "query q() { match { $c: Company $p worksAt $c $c contains $n $n.kind = \"zz\" } return { $p } }",
                "query q() { match { $a knows $_ $_ worksAt $c $_ contains $n } return { $a } }",
                "query q() { match { $_: Person $_ worksAt $c } return { $_ } }",
                "query q() { match { $p: Person not { $p.age > 1 } not { $p: Person } not { search($p.bio, \"x\") } }"
                        + " return { $p } }",
                "query q() { match { $p: Person not { $p knows $f not { $f worksAt $c } } } return { $p } }",
                "query q() { match { $n: Note } return { $n } order { rrf(nearest($n.vector, \"a\"),"
                        + " bm25($n.text, \"x\")), later, $n.title } limit 1 }",
                "query q() { match { $n: Note } return { a as b, b as a } order { a, b } }",
                "query q() { match { $n: Note } return { nearest($n.vector, [1, 2, 3]) as d, 1 as d } order { d } }",
                "query q() { match { $p: Person { mood: \"sad\", tags: \"a\", ranks: 1.5, bioVec: [1, 2, 3] } }"
                        + " return { min($p.mood), max($p.slug), avg($p.age), $p, count(1) } }",
                "query q($m: String, $d: DateTime) { insert Person { slug: $m name: $m mood: $m photo: $m seen: $d }"
                        + " insert Note { title: \"t\" text: \"x\" kind: \"long\" } delete Knows where from != $m"
                        + " update Person set { slug: \"y\", seen: now() } where tags = [] }",
            })
    void whatTheEngineLetsPassPasses(String source) throws LanguageException {
        QueryCheck check = check(source);
        assertThat(check).as(check.toString()).isInstanceOf(Accepted.class);
    }

    @Test
    void anAcceptedQueryTellsItsParametersAndWhatItWritesTo() throws LanguageException {
        Accepted accepted = (Accepted) check("query q($a: String, $v: Vector(007)?, $l: [F32], $a: Date) {"
                + " insert Company { name: \"x\" } delete Knows where weight > 1 delete Company where name = \"y\" }");
        assertThat(accepted.parameters().keySet()).containsExactly("a", "v", "l");
        assertThat(accepted.parameters().values())
                .extracting(type -> type.displayName())
                .containsExactly("Date", "Vector(7)?", "[F32]");
        assertThat(accepted.targetTypes()).containsExactly("Company", "Knows", "Company");

        Accepted read = (Accepted) check("query q() { match { $p: Person } return { $p } }");
        assertThat(read.targetTypes()).isEmpty();
    }

    @Test
    void aFindingIsOneLineOfBoundedLength() throws LanguageException {
        QueryFinding finding = refuse("query q() { match { $p:\n X" + "x".repeat(10_000) + " } return { $p } }");
        assertThat(finding.text()).startsWith("line 2, column 2: T1: 'Xxxx").hasSizeLessThan(600);
        assertThat(refuse("query q() { match { $p: Person $p: Company } return { $p } }")
                        .text())
                .startsWith("line 1, column 36: '$p'");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void longChainsOfAliasesAreFollowedWithoutExhaustingAnything() throws LanguageException {
        StringBuilder source =
                new StringBuilder("query q() { match { $n: Note } return { nearest($n.vector, \"x\") as a0");
        int last = 20_000;
        for (int i = 1; i <= last; i++) {
            source.append(" a").append(i - 1).append(" as a").append(i);
        }
        source.append(" } order { zz");
        for (int i = 0; i < last; i++) {
            source.append(", zz");
        }
        QueryFinding finding = refuse(source + ", a" + last + " } }");
        assertThat(finding.rule()).isEqualTo(QueryRule.NEAREST_LIMIT);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void manyNegationsAfterManyBindingsAreCheckedInReasonableTime() throws LanguageException {
        StringBuilder source = new StringBuilder("query q() { match { $p: Person");
        for (int i = 0; i < 30_000; i++) {
            source.append(" $v").append(i).append(":Person");
        }
        source.append(" not{$p.age>1}".repeat(30_000)).append(" } return { $p } }");
        assertThat(check(source.toString())).isInstanceOf(Accepted.class);
    }

    private static QueryFinding refuse(String source) throws LanguageException {
        QueryCheck check = check(source);
        assertThat(check).isInstanceOf(Refused.class);
        return ((Refused) check).finding();
    }

    private static QueryCheck check(String source) throws LanguageException {
        List<QueryDeclaration> queries = QueryParser.parse(source).queries();
        assertThat(queries).hasSize(1);
        return QueryChecker.check(queries.get(0), CATALOG);
    }

    private static Arguments match(QueryRule rule, String message, String clauses) {
        return row(rule, message, withParameters(clauses, "match { ", " } return { 1 }"));
    }

    private static Arguments returns(QueryRule rule, String message, String rest) {
        return row(rule, message, "query q() { match { $n: Note } return { " + rest + " } }");
    }

    private static Arguments limited(QueryRule rule, String message, String rest) {
        return row(rule, message, "query q() { match { $n: Note } return { " + rest + " } limit 5 }");
    }

    private static Arguments write(QueryRule rule, String message, String statements) {
        return row(rule, message, withParameters(statements, "", ""));
    }

    /** A query whose parameters, if it has some, stand in parentheses before the rest. */
    private static String withParameters(String text, String before, String after) {
        int rest = text.startsWith("(") ? text.indexOf(") ") + 2 : 0;
        String parameters = rest == 0 ? "()" : text.substring(0, rest - 1);
        return "query q" + parameters + " { " + before + text.substring(rest) + after + " }";
    }

    private static Arguments row(QueryRule rule, String message, String marked) {
        return Arguments.of(rule, message, marked);
    }
}
