package dev.omnigraph.controlplane.language.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.omnigraph.controlplane.language.LanguageException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a syntax error is: the samples of schema-language.md 11.3, row by row. */
class SyntaxErrorPositionTest {

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            X01 | 1:42 | node A{a:String} edge E: A -> A @card(0..*)
            X01 | 1:39 | node A{a:String} edge E: A -> A @card(..1)
            X01 | 1:57 | node A{a:String} edge E: A -> A @description("x") @card(0..1)
            X01 | 1:30 | interface I{a:String} node A implements I @description("x") { }
            X01 | 1:11 | node A {} /* x
            X01 | 1:1  | `# x\\nnode A {}`
            X02 | 1:35 | node A { true_name: String @index(true_name) }
            X02 | 1:45 | node A { falsey: String v: Vector(2) @embed(falsey) }
            X02 | 1:14 | node A @meta(z=1) { a: String }
            X02 | 1:26 | interface I { a: String @key(a) }
            X02 | 1:14 | node A { a: [enum(x)] }
            X02 | 1:14 | node A { a: [Vector(3)] }
            X03 | 1:13 | node A { a: [String?] }
            X03 | 1:18 | node A { a: enum() }
            X03 | 1:1  | interface I @description("x") { a: String }
            X03 | 1:21 | node A @rename_from(User) { a: String }
            X03 | 1:6  | node person { a: String }
            X03 | 1:10 | node A { Name: String }
            X04 | 1:13 | node A { a: Text }
            X04 | 1:18 | node A{a:String} edge E: A - > A
            X04 | 1:7  | node A
            X04 | 1:19 | node A { a: String; }
            X04 | 1:19 | node A { a: String, b: I32 }
            X04 | 1:1  | \\uFEFFnode A { a: String }
            X05 | 1:9  | node A {\\f a: String }
            X05 | 1:9  | node A {\\u00a0a: String }
            X05 | 1:81 | node A { node: String edge: String interface: String implements: I32 enum: Bool String_: I32? }
            X05 | 1:27 | node A { a: String @index() }
            X05 | 1:11 | node A { @foo(a) a: String }
            X05 | 1:1  | no/**/de A { }
            X06 | 1:37 | node A { a: String } edge E: A -> A implements I
            X06 | 1:27 | node A { a: I32 @range(a, - 5..5) }
            X06 | 1:30 | node A { a: F64 @range(a, 1...5) }
            X06 | 1:29 | node A { a: F64 @range(a, ..) }
            X06 | 1:13 | node A { a: enum(x y) }
            X06 | 1:20 | node A { a: enum(x,) }
            X07 | 1:30 | node A { a: String @unique(a,) }
            X07 | 1:13 | node A { a: string }
            X07 | 1:20 | node A { a: String?? }
            X07 | 1:10 | node A { \u00e9: String }
            X07 | 1:6  | node \u00c9 { a: String }
            X07 | 1:10 | node A { 1a: String }
            X08 | 1:10 | node A { a-b: String }
            X08 | 1:13 | node A @foo(-1) { }
            X08 | 1:13 | node A @foo(1.) { }
            X08 | 1:9  | node A @Foo { }
            X08 | 1:13 | node A @foo() { }
            X08 | 1:51 | node A{a:String} edge E: A -> A @card(0..1) @card(0..2)
            X09 | 1:23 | node A{a:String} edge e: A -> A
            X09 | 1:18 | node A{a:String} edge E A -> A
            """)
    void isWhereTheEnginesOwnToolPutsIt(String row, String position, String written) {
        String source = written.replace("\\n", "\n")
                .replace("\\f", "\f")
                .replace("\\uFEFF", "\uFEFF")
                .replace("\\u00a0", "\u00a0");

        LanguageException error = catchThrowableOfType(LanguageException.class, () -> SchemaParser.parse(source));

        assertThat(error).as(row).isNotNull();
        assertThat(error.position().map(Object::toString))
                .as(error.getMessage())
                .contains(position);
    }
}
