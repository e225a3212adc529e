package dev.omnigraph.controlplane.language.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.testing.Recordings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The canonical form, its hash and its files: the vectors of schema-language.md 7 and graph-format.md A.3. */
class SchemaIrTest {

    private static final String WORKED_EXAMPLE = """
            node Company {
                name: String @key
            }

            node Person {
                name: String @key
                age: I32?
            }

            edge WorksAt: Person -> Company
            """;

    private static final String EVERY_SHAPE = """
            node Author @description("A person who writes") {
                handle: String @key
                born: Date?
                tags: [String]?
            }

            node Book {
                isbn: String
                title: String @index
                rating: F64?
                state: enum(published, draft)
                cover: Vector(4)? @embed(title, model="m1")
                @key(isbn)
                @range(rating, 0.0..5.0)
                @check(isbn, "^[0-9]{13}$")
            }

            edge Wrote: Author -> Book @card(0..3) @instruction("authorship") {
                since: Date?
                @unique(src, dst)
            }
            """;

    @Test
    void theWorkedExample() throws LanguageException {
        SchemaIr ir = ir(WORKED_EXAMPLE);

        assertThat(utf8(JsonText.compact(ir.toJson()))).hasSize(911);
        assertThat(ir.hash()).isEqualTo("sha256:7e4d872ffd12cc5563e8f9ef0ad9b3f4b9c19bdb47fcca8ce3f85654749aaf22");
        assertThat(utf8(ir.prettyText())).hasSize(1824);
        assertThat(Sha256.hex(ir.prettyText()))
                .isEqualTo("16701c77b91f193e849f195514453ff9e22e2bc9bf6e897152f6885d397c5c46");
        String state = new SchemaState(ir.hash()).text();
        assertThat(utf8(state)).hasSize(152);
        assertThat(Sha256.hex(state)).isEqualTo("44ea7d5c83da8678c27272d30661bdd9d5f33e15df78f4dd90e2757e7e8028b4");
    }

    @Test
    void theExampleWithEveryShape() throws LanguageException {
        SchemaIr ir = ir(EVERY_SHAPE);

        assertThat(utf8(JsonText.compact(ir.toJson()))).hasSize(2055);
        assertThat(ir.hash()).isEqualTo("sha256:9c865d8b84e4235f0a633284ce394808320e7f63b57e7b35c71186bbb9f5a366");
        assertThat(Sha256.hex(ir.prettyText()))
                .isEqualTo("2c092173695b79bcd73ad11a265c903136fc7d5ba372d6446fb17a3c6a4c02f2");
    }

    @Test
    void stringsAreEscapedAsTheEngineDoes() throws LanguageException {
        String source =
                "node A @note(\"q\\\"b\\\\s\\t\\n\\r / \u00e9 \u2028 \uD83D\uDE00 \u0001\u001f\u007f\") { a: String }";

        assertThat(ir(source).hash())
                .isEqualTo("sha256:0902d209545891d67b7787c7cd8ca5b806770915e1de9182bc0f929b37971cb7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                             | 175cac5f031a9979111d2b7cdce27f1ba29597e55e4ecfbeb5840c8671c1c983
            node P { name: String @key(name) age: I32? }   | ea70acb6333e478a015d3e1723fce5378601ef9a9bbd5402bade2235bd14b143
            interface N { z: String @key } node P implements N { a: I32? } | 2c6cba3822e2046a3d48651c92913ea80dfdee948f5108576ec9100400e7788d
            node P { a: String? @foo(bar) @foo("baz") @foo } | d57f22b70583421d8701c2fc93409a0655912ebbdf857acba1dd09838c9a86a2
            node P { a: String? @foo(12) @b(true) @c(1.5) } | 0b7d31380dc5cbc3da2c72391dac6725839ec1ea457fc36d3493a5f9984e70ff
            node P { a: F64? @range(a, 0.10..100000000000000000000.0) } | 1ba5fb88f229092a8222b68e605c3d4a629ec8df32e85c9806a01f2b9d72eca0
            node P { a: I32? @range(a, -5..-1) }           | 8c2e69e9741e1dc81b002b6e6cb9837fcb29e58ce8bff4057cef4ce6fa613f48
            node P { a: I32? @index @index(a) }            | 2be76ef7ff315a93c50a2d050b6475fd5c4e5d5678d7970a940dc929ca494986
            node P { b: I32? a: I32? @index(b, a) @unique(b, a) } | ee02dfdeaafb8d02489fd3b4dee9579ebd956a58279b3f5b275d5d7d248015b4
            node P { a: Vector ( 8 ) ? }                   | 23613bc46ec2837a827d06119bfcdc67207ac27ddc9d651d0d35f78f3c825109
            node P { a: [ String ]? b: [I32] }             | c95366ae92ecdf4609ead9814e2321cd4a245f45b7d816e88f18e00bff4b9b5e
            """)
    void hashesOfSmallSchemas(String source, String hash) throws LanguageException {
        assertThat(ir(source).hash()).isEqualTo("sha256:" + hash);
    }

    @Test
    void aSchemaWithEverythingTheFormatHas() throws LanguageException {
        SchemaIr ir = ir("""
                interface Named { title: String @index }
                node Doc @description("a \\"doc\\"\\n") implements Named {
                  slug: String @key
                  kind: enum(zeta, alpha, beta)
                  body: String? @description("text")
                  emb: Vector(4)? @embed("title", model="m/x") @index
                  tags: [String]?
                  at: DateTime?
                  raw: Blob?
                  score: F64?
                  n: U32? @foo(bar)
                  @unique(slug, title)
                  @range(score, -0.5..1.0)
                  @range(n, 0..)
                  @check(body, "^[a-z]+$")
                }
                edge Cites: Doc -> Doc @card(0..5) @instruction("cite") {
                  weight: F32? @index
                  @unique(src, dst)
                }
                edge Plain: Doc -> Doc @card(1..)
                """);

        assertThat(ir.hash()).isEqualTo("sha256:483b01bf97d18629d249588b96a6b6acbfb378af41c0e7336eaa2643f8b33add");
        assertThat(ir.nodes().get(0).constraints().stream().map(Constraint::sortKey))
                .containsExactly(
                        "check:body:^[a-z]+$",
                        "index:emb",
                        "index:title",
                        "key:slug",
                        "range:n:Some(Integer(0)):None",
                        "range:score:Some(Float(-0.5)):Some(Float(1.0))",
                        "unique:slug,title");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0, Float(0.0)",
        "-0.0, -0.0, Float(-0.0)",
        "2.50, 2.5, Float(2.5)",
        "0.00001, 0.00001, Float(1e-5)",
        "0.000001, 1e-6, Float(1e-6)",
        "0.000012345, 0.000012345, Float(1.2345e-5)",
        "9999999999999998.0, 9999999999999998.0, Float(9999999999999998.0)",
        "10000000000000000.0, 1e+16, Float(1e16)",
        "12345678901234567.0, 1.2345678901234568e+16, Float(1.2345678901234568e16)",
        "9223372036854775808, 9.223372036854776e+18, Float(9.223372036854776e18)",
        "-9223372036854775808, -9223372036854775808, Integer(-9223372036854775808)",
        "9223372036854775807, 9223372036854775807, Integer(9223372036854775807)",
        "007, 7, Integer(7)",
        "-0, 0, Integer(0)",
    })
    void boundsAsTheyAreHashedAndSorted(String literal, String json, String sortKey) throws LanguageException {
        String kind = sortKey.substring(0, sortKey.indexOf('('));
        SchemaIr ir = ir("node A { a: F64 @range(a, " + literal + "..) }");

        assertThat(JsonText.compact(ir.toJson())).contains("\"min\":{\"" + kind + "\":" + json + "}");
        assertThat(Bound.parse(literal).sortKey()).isEqualTo(sortKey);
    }

    @Test
    void aLoneUpperBoundIsStoredAsTheLowerOne() throws LanguageException {
        assertThat(ir("node A { a: I32 @range(a, ..200) }")).isEqualTo(ir("node A { a: I32 @range(a, 200..) }"));
    }

    @Test
    void aBoundBeyondTheLargestDoubleIsHashedButCannotBeReadBack() throws LanguageException {
        SchemaIr ir = ir("node A { a: F64 @range(a, 0.." + "9".repeat(400) + ") }");

        assertThat(JsonText.compact(ir.toJson())).contains("\"max\":{\"Float\":null}");
        assertThat(ir.nodes().get(0).constraints().get(0).sortKey()).endsWith(":Some(Float(inf))");
        assertThatThrownBy(() -> SchemaIr.parse(ir.prettyText()))
                .isInstanceOf(LanguageException.class)
                .hasMessageContaining("nodes[0].constraints[0].Range.max");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 2166136261",
        "a, 3826002220",
        "node:A, 217951676",
        "node:Company, 48283596",
        "node:Person, 3227219152",
        "node:Person:name, 1466009789",
        "node:Person:age, 3446138241",
        "edge:WorksAt, 2608831225",
        "edge:WorksAt:since, 214817305",
        "interface:Named, 1580757211",
        "interface:Named:name, 1864229240",
    })
    void identifiers(String text, long id) {
        assertThat(Fnv.hash32(text)).isEqualTo(id);
    }

    @Test
    void readersPassOverUnknownKeysAndFillInWhatMayBeMissing() throws LanguageException {
        SchemaIr ir = SchemaIr.parse("""
                {"later": 1, "ir_version": 1, "interfaces": [], "edges": [], "nodes": [
                  {"name": "A", "type_id": 217951676, "annotations": [{"name": "x"}], "implements": [],
                   "properties": [{"name": "a", "prop_id": 415855209, "later": [],
                     "prop_type": {"scalar": "F64", "nullable": false, "list": false}, "annotations": []}],
                   "constraints": [{"Range": {"property": "a", "max": {"Float": 5}}}]}]}
                """);

        assertThat(ir)
                .isEqualTo(new SchemaIr(
                        List.of(),
                        List.of(new SchemaIr.Node(
                                "A",
                                217951676,
                                List.of(new Annotation("x", Optional.empty(), Map.of())),
                                List.of(),
                                List.of(new SchemaIr.Property(
                                        "a", 415855209, PropertyType.of(ScalarType.Primitive.F64, false), List.of())),
                                List.of(new Constraint.Range(
                                        "a", Optional.empty(), Optional.of(new Bound.OfFloat(5)))))),
                        List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                                                                         | the stored schema cannot be read
            []                                                                        | the document: expected an object
            {"ir_version":2,"interfaces":[],"nodes":[],"edges":[]}                    | ir_version: is 2; this service reads version 1
            {"ir_version":1,"interfaces":[],"nodes":[]}                               | edges: is required
            {"ir_version":1,"interfaces":[],"nodes":{},"edges":[]}                    | nodes: expected a list
            {"ir_version":1,"interfaces":[],"nodes":[],"nodes":[],"edges":[]}         | the key `nodes` stands there twice
            {"ir_version":1,"interfaces":[{"name":"I","type_id":4294967296,"properties":[]}],"nodes":[],"edges":[]} | interfaces[0].type_id: expected a whole number up to 4294967295
            {"ir_version":1,"interfaces":[{"name":"I","type_id":1,"properties":[{"name":"a","prop_id":1,"annotations":[],"prop_type":{"scalar":"Text","nullable":true,"list":false}}]}],"nodes":[],"edges":[]} | interfaces[0].properties[0].prop_type.scalar: no scalar type is called Text
            {"ir_version":1,"interfaces":[{"name":"I","type_id":1,"properties":[{"name":"a","prop_id":1,"annotations":[],"prop_type":{"scalar":{"Vector":0},"nullable":true,"list":false}}]}],"nodes":[],"edges":[]} | scalar: a vector has from 1 to 2147483647 dimensions
            {"ir_version":1,"interfaces":[{"name":"I","type_id":1,"properties":[{"name":"a","prop_id":1,"annotations":[],"prop_type":{"scalar":"Bool","list":false}}]}],"nodes":[],"edges":[]} | prop_type.nullable: is required
            {"ir_version":1,"interfaces":[],"nodes":[{"name":"A","type_id":1,"annotations":[],"implements":[1],"properties":[],"constraints":[]}],"edges":[]} | nodes[0].implements[0]: expected a string
            {"ir_version":1,"interfaces":[],"nodes":[{"name":"A","type_id":1,"annotations":[],"implements":[],"properties":[],"constraints":[{"Sum":[]}]}],"edges":[]} | nodes[0].constraints[0]: no constraint is called Sum
            {"ir_version":1,"interfaces":[],"nodes":[{"name":"A","type_id":1,"annotations":[],"implements":[],"properties":[],"constraints":[{"Key":[],"Index":[]}]}],"edges":[]} | nodes[0].constraints[0]: expected an object with exactly one key
            {"ir_version":1,"interfaces":[],"nodes":[{"name":"A","type_id":1,"annotations":[],"implements":[],"properties":[],"constraints":[{"Range":{"property":"a","min":{"Integer":1.5}}}]}],"edges":[]} | Range.min: expected a whole number of 64 bits, found 1.5
            {"ir_version":1,"interfaces":[],"nodes":[{"name":"A","type_id":1,"annotations":[],"implements":[],"properties":[],"constraints":[{"Range":{"property":"a","min":{"Real":1.5}}}]}],"edges":[]} | Range.min: expected {"Integer": n} or {"Float": x}
            """)
    void whatIsNoCanonicalFormIsRefusedWithItsPlace(String json, String message) {
        assertThatThrownBy(() -> SchemaIr.parse(json))
                .isInstanceOf(LanguageException.class)
                .hasMessageStartingWith("the stored schema cannot be read: ")
                .hasMessageContaining(message);
    }

    @Test
    void theStateOfASchemaIsReadBack() throws LanguageException {
        SchemaState state = new SchemaState("sha256:ab");

        assertThat(SchemaState.parse(state.text())).isEqualTo(state);
        assertThatThrownBy(() -> SchemaState.parse(state.text().replace("format_version\": 1", "format_version\": 3")))
                .hasMessage("the stored schema state cannot be read:"
                        + " format_version: is 3; this service reads version 1");
        assertThatThrownBy(() -> SchemaState.parse("{\"format_version\": 1, \"schema_ir_hash\": \"x\"}"))
                .hasMessageContaining("schema_identity_version: is required");
    }

    static Stream<Path> recordedRoots() throws IOException {
        Stream.Builder<Path> roots = Stream.builder();
        for (String folder : List.of("golden", "golden-graphs")) {
            try (Stream<Path> files = Files.walk(Recordings.path(folder))) {
                files.filter(file -> file.endsWith("_schema.ir.json"))
                        .map(Path::getParent)
                        .forEach(roots);
            }
        }
        return roots.build();
    }

    @ParameterizedTest
    @MethodSource("recordedRoots")
    void theFilesOfRecordedGraphsAreReproduced(Path root) throws IOException, LanguageException {
        CompiledSchema schema = CompiledSchema.compile(Files.readString(root.resolve("_schema.pg")));

        assertThat(schema.ir().prettyText()).isEqualTo(Files.readString(root.resolve("_schema.ir.json")));
        assertThat(schema.state().text()).isEqualTo(Files.readString(root.resolve("__schema_state.json")));
        assertThat(SchemaIr.parse(schema.ir().prettyText())).isEqualTo(schema.ir());
    }

    private static SchemaIr ir(String source) throws LanguageException {
        return SchemaIr.of(SchemaParser.parse(source));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
