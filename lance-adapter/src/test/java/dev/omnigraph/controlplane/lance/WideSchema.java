package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.language.schema.TableDefinition;
import dev.omnigraph.controlplane.language.schema.TypeKind;
import java.util.List;

/** A schema with every declared type, required and optional, and what its widest table has for columns. */
final class WideSchema {

    static final String SOURCE = """
            interface Named {
              name: String
            }

            node Everything implements Named {
              name: String @key
              blob: Blob
              blobMaybe: Blob?
              bool: Bool
              boolMaybe: Bool?
              date: Date
              dateMaybe: Date?
              dateTime: DateTime
              dateTimeMaybe: DateTime?
              dates: [Date]
              datesMaybe: [DateTime]?
              f32: F32
              f32Maybe: F32?
              f64: F64
              f64Maybe: F64?
              flags: [Bool]
              i32: I32
              i32Maybe: I32?
              i64: I64
              i64Maybe: I64?
              kind: enum(small, large)
              kindMaybe: enum(b, a)?
              numbers: [I32]
              numbersMaybe: [F64]?
              stringMaybe: String? @unique
              strings: [String]
              stringsMaybe: [String]?
              u32: U32
              u32Maybe: U32?
              u64: U64
              u64Maybe: U64?
              unsigned: [U64]?
              vector: Vector(3)
              vectorMaybe: Vector(1536)?
            }

            node Note {
              text: String?
            }

            node Tag implements Named {
              name: String @key
              weight: F64?
              @range(weight, 0.0..1.0)
            }

            edge Cites: Note -> Note @card(0..3)

            edge Mentions: Note -> Everything {
              since: Date
              score: F32?
              words: [String]?
              picture: Blob?
            }
            """;

    static final String EVERYTHING = TableDefinition.path(TypeKind.NODE, "Everything");

    /** The columns of {@link #EVERYTHING} in order; what is not said to be {@code not null} is nullable. */
    static final List<String> COLUMNS_OF_EVERYTHING = """
            id: Utf8 not null
            blob: Struct<data: LargeBinary, uri: Utf8> not null
            blobMaybe: Struct<data: LargeBinary, uri: Utf8>
            bool: Bool not null
            boolMaybe: Bool
            date: Date(DAY) not null
            dateMaybe: Date(DAY)
            dateTime: Date(MILLISECOND) not null
            dateTimeMaybe: Date(MILLISECOND)
            dates: List<item: Date(DAY)> not null
            datesMaybe: List<item: Date(MILLISECOND)>
            f32: FloatingPoint(SINGLE) not null
            f32Maybe: FloatingPoint(SINGLE)
            f64: FloatingPoint(DOUBLE) not null
            f64Maybe: FloatingPoint(DOUBLE)
            flags: List<item: Bool> not null
            i32: Int(32, true) not null
            i32Maybe: Int(32, true)
            i64: Int(64, true) not null
            i64Maybe: Int(64, true)
            kind: Utf8 not null
            kindMaybe: Utf8
            name: Utf8 not null
            numbers: List<item: Int(32, true)> not null
            numbersMaybe: List<item: FloatingPoint(DOUBLE)>
            stringMaybe: Utf8
            strings: List<item: Utf8> not null
            stringsMaybe: List<item: Utf8>
            u32: Int(32, false) not null
            u32Maybe: Int(32, false)
            u64: Int(64, false) not null
            u64Maybe: Int(64, false)
            unsigned: List<item: Int(64, false)>
            vector: FixedSizeList(3)<item: FloatingPoint(SINGLE)> not null
            vectorMaybe: FixedSizeList(1536)<item: FloatingPoint(SINGLE)>
            """.lines().toList();

    private WideSchema() {}
}
