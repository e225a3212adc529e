package dev.omnigraph.controlplane.lance;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** The columns of {@code __manifest}, and the way of rows into and out of them (graph-format.md 2.4). */
final class ManifestTable {

    /** The key that rows are merged by. */
    static final String OBJECT_ID = "object_id";

    private static final String OBJECT_TYPE = "object_type";
    private static final String LOCATION = "location";
    private static final String METADATA = "metadata";
    private static final String BASE_OBJECTS = "base_objects";
    private static final String TABLE_KEY = "table_key";
    private static final String TABLE_VERSION = "table_version";
    private static final String TABLE_BRANCH = "table_branch";
    private static final String ROW_COUNT = "row_count";

    private static final ArrowType TEXT = new ArrowType.Utf8();
    private static final ArrowType UNSIGNED = new ArrowType.Int(Long.SIZE, false);

    /** Makes Lance detect publishers that write the same {@code object_id}. It can never be added later. */
    private static final Map<String, String> PRIMARY_KEY = Map.of("lance-schema:unenforced-primary-key", "true");

    static final Schema SCHEMA = new Schema(List.of(
            new Field(OBJECT_ID, new FieldType(false, TEXT, null, PRIMARY_KEY), List.of()),
            required(OBJECT_TYPE, TEXT),
            optional(LOCATION, TEXT),
            optional(METADATA, TEXT),
            new Field(BASE_OBJECTS, FieldType.nullable(new ArrowType.List()), List.of(optional("item", TEXT))),
            required(TABLE_KEY, TEXT),
            optional(TABLE_VERSION, UNSIGNED),
            optional(TABLE_BRANCH, TEXT),
            optional(ROW_COUNT, UNSIGNED)));

    /** Selects what a {@link ManifestRecord} holds; names are looked up, so their order in the dataset is free. */
    static final String QUERY = "SELECT "
            + String.join(
                    ", ", OBJECT_ID, OBJECT_TYPE, LOCATION, METADATA, TABLE_KEY, TABLE_VERSION, TABLE_BRANCH, ROW_COUNT)
            + " FROM dataset";

    private ManifestTable() {}

    private static Field required(String name, ArrowType type) {
        return new Field(name, FieldType.notNullable(type), List.of());
    }

    private static Field optional(String name, ArrowType type) {
        return new Field(name, FieldType.nullable(type), List.of());
    }

    /** One batch with the given rows. */
    static ArrowReader reader(List<ManifestRecord> records, BufferAllocator allocator) {
        return new OneBatchReader(SCHEMA, batch -> write(records, batch), allocator);
    }

    /** A row of a batch of {@link #QUERY}. */
    static ManifestRecord read(VectorSchemaRoot batch, int row) throws MalformedManifestException {
        return new ManifestRecord(
                requireText(batch, OBJECT_ID, row),
                requireText(batch, OBJECT_TYPE, row),
                text(batch, LOCATION, row),
                text(batch, METADATA, row),
                requireText(batch, TABLE_KEY, row),
                unsigned(batch, TABLE_VERSION, row),
                text(batch, TABLE_BRANCH, row),
                unsigned(batch, ROW_COUNT, row));
    }

    private static String requireText(VectorSchemaRoot batch, String column, int row)
            throws MalformedManifestException {
        return text(batch, column, row).orElseThrow(() -> new MalformedManifestException("a row has no " + column));
    }

    private static Optional<String> text(VectorSchemaRoot batch, String column, int row)
            throws MalformedManifestException {
        if (!(batch.getVector(column) instanceof VarCharVector vector)) {
            throw wrongType(column, "text");
        }
        return vector.isNull(row) ? Optional.empty() : Optional.of(new String(vector.get(row), StandardCharsets.UTF_8));
    }

    private static OptionalLong unsigned(VectorSchemaRoot batch, String column, int row)
            throws MalformedManifestException {
        if (!(batch.getVector(column) instanceof UInt8Vector vector)) {
            throw wrongType(column, "unsigned 64-bit integers");
        }
        return vector.isNull(row) ? OptionalLong.empty() : OptionalLong.of(vector.get(row));
    }

    private static MalformedManifestException wrongType(String column, String expected) {
        return new MalformedManifestException("the column " + column + " does not hold " + expected);
    }

    private static void write(List<ManifestRecord> records, VectorSchemaRoot batch) {
        batch.allocateNew();
        for (int row = 0; row < records.size(); row++) {
            ManifestRecord stored = records.get(row);
            set(batch, OBJECT_ID, row, Optional.of(stored.objectId()));
            set(batch, OBJECT_TYPE, row, Optional.of(stored.objectType()));
            set(batch, LOCATION, row, stored.location());
            set(batch, METADATA, row, stored.metadata());
            set(batch, TABLE_KEY, row, Optional.of(stored.tableKey()));
            set(batch, TABLE_VERSION, row, stored.tableVersion());
            set(batch, TABLE_BRANCH, row, stored.tableBranch());
            set(batch, ROW_COUNT, row, stored.rowCount());
        }
        // Values that were not set are null, among them all of base_objects.
        batch.setRowCount(records.size());
    }

    private static void set(VectorSchemaRoot batch, String column, int row, Optional<String> value) {
        value.ifPresent(
                text -> ((VarCharVector) batch.getVector(column)).setSafe(row, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void set(VectorSchemaRoot batch, String column, int row, OptionalLong value) {
        value.ifPresent(number -> ((UInt8Vector) batch.getVector(column)).setSafe(row, number));
    }
}
