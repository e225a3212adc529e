package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog;
import dev.omnigraph.controlplane.language.schema.SchemaParser;

/** A small schema with a property of every kind. */
final class People {

    private static final String SOURCE = """
            interface Named { name: String }
            node Person implements Named {
              slug: String @key
              age: I32?
              score: F64?
              active: Bool?
              born: Date?
              seen: DateTime?
              tags: [String]?
              ranks: [I32]?
              mood: enum(calm, merry, sad)?
              photo: Blob?
              bio: String?
              bioVec: Vector(3)? @embed(bio)
            }
            node Company { name: String @key size: U64? }
            node Note { title: String text: String? vector: Vector(3) @embed(text) kind: enum(long, short) }
            edge Knows: Person -> Person { since: Date? weight: F32 }
            edge WorksAt: Person -> Company { role: String? badge: Blob? }
            edge Contains: Company -> Note
            """;

    private People() {}

    static SchemaCatalog catalog() {
        try {
            return SchemaCatalog.build(SchemaParser.parse(SOURCE));
        } catch (LanguageException e) {
            throw new AssertionError(e);
        }
    }
}
