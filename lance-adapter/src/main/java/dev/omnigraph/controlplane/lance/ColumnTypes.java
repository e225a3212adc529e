package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.language.schema.PropertyType;
import dev.omnigraph.controlplane.language.schema.ScalarType;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** How declared types are stored (graph-format.md 2.2). */
final class ColumnTypes {

    private static final String ELEMENT = "item";
    private static final ArrowType TEXT = new ArrowType.Utf8();

    /** The metadata of a field whose values are blobs. */
    static final String BLOB_MARK = "ARROW:extension:name";

    /** Makes Lance store the column as a blob: inline, packed, in a file of its own, or by reference. */
    private static final Map<String, String> BLOB = Map.of(BLOB_MARK, "lance.blob.v2");

    private ColumnTypes() {}

    static Field field(String name, PropertyType type) {
        if (type.list()) {
            Field element = scalar(ELEMENT, true, type.scalar());
            return new Field(name, new FieldType(type.nullable(), new ArrowType.List(), null), List.of(element));
        }
        return scalar(name, type.nullable(), type.scalar());
    }

    private static Field scalar(String name, boolean nullable, ScalarType type) {
        if (type instanceof ScalarType.Vector vector) {
            ArrowType list = new ArrowType.FixedSizeList(vector.dimension());
            return new Field(
                    name,
                    new FieldType(nullable, list, null),
                    List.of(plain(ELEMENT, true, primitive(ScalarType.Primitive.F32))));
        }
        return type == ScalarType.Primitive.BLOB
                ? blob(name, nullable)
                : plain(name, nullable, primitive((ScalarType.Primitive) type));
    }

    private static Field blob(String name, boolean nullable) {
        return new Field(
                name,
                new FieldType(nullable, ArrowType.Struct.INSTANCE, null, BLOB),
                List.of(plain("data", true, new ArrowType.LargeBinary()), plain("uri", true, TEXT)));
    }

    private static Field plain(String name, boolean nullable, ArrowType type) {
        return new Field(name, new FieldType(nullable, type, null), List.of());
    }

    private static ArrowType primitive(ScalarType.Primitive type) {
        return switch (type) {
            case STRING -> TEXT;
            case BLOB -> ArrowType.Struct.INSTANCE;
            case BOOL -> new ArrowType.Bool();
            case I32 -> new ArrowType.Int(Integer.SIZE, true);
            case I64 -> new ArrowType.Int(Long.SIZE, true);
            case U32 -> new ArrowType.Int(Integer.SIZE, false);
            case U64 -> new ArrowType.Int(Long.SIZE, false);
            case F32 -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case F64 -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case DATE_TIME -> new ArrowType.Date(DateUnit.MILLISECOND);
        };
    }
}
