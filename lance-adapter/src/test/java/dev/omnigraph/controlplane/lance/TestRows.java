package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.TableObservation;
import dev.omnigraph.controlplane.id.UlidSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarBinaryVector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.lance.CommitBuilder;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.FragmentMetadata;
import org.lance.Transaction;
import org.lance.WriteParams;
import org.lance.operation.Append;

/**
 * Puts rows into tables of a test's graph, as a load would: an append and a publish. Each row has a value of its own in each
 * column; where nulls are allowed, one in three is one. Blobs lie inline, packed, in files of their own, or elsewhere.
 */
final class TestRows {

    private static final int PACKED = 70_000;
    private static final int DEDICATED = 4_500_000;
    private static final int BLOB_KINDS = 5;
    private static final int NULL_EVERY = 3;

    private final DatasetLocation root;
    private final Path elsewhere;
    private final Random random = new Random(17);

    /** Tables of a graph in a folder. */
    TestRows(DatasetLocation root) {
        this(root, ((FolderLocation) root).path().resolveSibling("elsewhere"));
    }

    /** @param elsewhere the folder for blobs that tables only refer to */
    TestRows(DatasetLocation root, Path elsewhere) {
        this.root = root;
        this.elsewhere = elsewhere;
    }

    /** Appends rows to a table and publishes them. */
    void load(String key, int rows) throws Exception {
        move(key, dataset -> append(dataset, rows));
    }

    /** Deletes rows of a table and publishes that. */
    void delete(String key, String predicate) throws Exception {
        move(key, dataset -> {
            dataset.delete(predicate);
            return dataset.version();
        });
    }

    /** Changes a table and publishes its new version. */
    private void move(String key, Change change) throws Exception {
        try (RootAllocator allocator = LanceRuntime.start();
                DurableTree durable = new DurableTree()) {
            LanceDatasets datasets = new LanceDatasets(allocator);
            ManifestReader manifests = new ManifestReader(datasets);
            TableObservation table = manifests
                    .read(root.resolve(GraphLayout.MANIFEST))
                    .table(key)
                    .orElseThrow();
            DatasetLocation location = root.resolve(table.path());
            long version;
            try (Dataset dataset = datasets.open(location)) {
                version = change.make(dataset);
            }
            try (Dataset moved = datasets.open(location, version)) {
                ManifestChange pin = new ManifestChange.Pin(
                        key,
                        version,
                        Optional.empty(),
                        moved.countRows(),
                        location.version(version).metadata());
                new ManifestPublisher(allocator, manifests, durable, FaultPoints.NONE, InstantSource.system())
                        .publish(
                                root.resolve(GraphLayout.MANIFEST),
                                List.of(pin),
                                Map.of(key, table.version()),
                                new UlidSource().nextUlid(),
                                Optional.empty());
            }
        }
    }

    /** Gives a table a new version. */
    private interface Change {
        long make(Dataset dataset) throws Exception;
    }

    /** Appends rows to a table without publishing them, as a writer that was interrupted or is under way. */
    long append(String tablePath, int rows) throws Exception {
        try (RootAllocator allocator = LanceRuntime.start();
                Dataset dataset = new LanceDatasets(allocator).open(root.resolve(tablePath))) {
            return append(dataset, rows);
        }
    }

    private long append(Dataset dataset, int rows) throws Exception {
        WriteParams params = new WriteParams.Builder()
                .withMode(WriteParams.WriteMode.APPEND)
                .withEnableStableRowIds(true)
                .withDataStorageVersion("2.2")
                .withAllowExternalBlobOutsideBases(true)
                .withStorageOptions(root.storageOptions())
                .build();
        try (VectorSchemaRoot batch = VectorSchemaRoot.create(dataset.getSchema(), dataset.allocator())) {
            fill(batch, rows);
            List<FragmentMetadata> fragments = fragments(dataset, batch, params);
            try (Transaction append = new Transaction.Builder()
                            .readVersion(dataset.version())
                            .operation(Append.builder().fragments(fragments).build())
                            .build();
                    Dataset written = new CommitBuilder(dataset).execute(append)) {
                return written.version();
            }
        }
    }

    @SuppressWarnings("deprecation") // its successor cannot allow blobs that are kept outside of the dataset
    private static List<FragmentMetadata> fragments(Dataset dataset, VectorSchemaRoot batch, WriteParams params) {
        return Fragment.create(dataset.uri(), dataset.allocator(), batch, params);
    }

    private void fill(VectorSchemaRoot batch, int rows) throws Exception {
        batch.allocateNew();
        for (FieldVector column : batch.getFieldVectors()) {
            for (int row = 0; row < rows; row++) {
                boolean isNull = column.getField().isNullable() && random.nextInt(NULL_EVERY) == 0;
                set(column, row, isNull);
            }
        }
        batch.setRowCount(rows);
    }

    private void set(FieldVector column, int row, boolean isNull) throws Exception {
        if (column instanceof StructVector blob) {
            setBlob(blob, row, isNull);
        } else if (column instanceof FixedSizeListVector vector) {
            setVector(vector, row, isNull);
        } else if (column instanceof ListVector list) {
            setList(list, row, isNull);
        } else if (isNull && column instanceof BaseFixedWidthVector fixed) {
            fixed.setNull(row);
        } else if (!isNull) {
            setScalar(column, row);
        }
    }

    private void setScalar(FieldVector column, int row) {
        int number = random.nextInt();
        if (column instanceof VarCharVector text) {
            text.setSafe(row, ("\u00fc" + number).getBytes(StandardCharsets.UTF_8));
        } else if (column instanceof BitVector bits) {
            bits.setSafe(row, number & 1);
        } else if (column instanceof IntVector integers) {
            integers.setSafe(row, number);
        } else if (column instanceof UInt4Vector integers) {
            integers.setSafe(row, number);
        } else if (column instanceof BigIntVector integers) {
            integers.setSafe(row, random.nextLong());
        } else if (column instanceof UInt8Vector integers) {
            integers.setSafe(row, random.nextLong());
        } else if (column instanceof Float4Vector reals) {
            reals.setSafe(row, random.nextFloat());
        } else if (column instanceof Float8Vector reals) {
            reals.setSafe(row, random.nextDouble());
        } else if (column instanceof DateDayVector days) {
            days.setSafe(row, number % 100_000);
        } else if (column instanceof DateMilliVector times) {
            times.setSafe(row, number * 1000L);
        } else {
            throw new IllegalArgumentException("no value for " + column.getField());
        }
    }

    private void setVector(FixedSizeListVector vector, int row, boolean isNull) throws Exception {
        if (isNull) {
            vector.setNull(row);
            return;
        }
        vector.setNotNull(row);
        for (int i = 0; i < vector.getListSize(); i++) {
            setScalar(vector.getDataVector(), row * vector.getListSize() + i);
        }
    }

    private void setList(ListVector list, int row, boolean isNull) throws Exception {
        if (isNull) {
            list.setNull(row);
            return;
        }
        int length = random.nextInt(4);
        int first = list.startNewValue(row);
        for (int i = 0; i < length; i++) {
            set(list.getDataVector(), first + i, i == 1);
        }
        list.endValue(row, length);
    }

    private void setBlob(StructVector blob, int row, boolean isNull) throws Exception {
        if (isNull) {
            blob.setNull(row);
            return;
        }
        blob.setIndexDefined(row);
        switch (row % BLOB_KINDS) {
            case 0 -> setBytes(blob, row, PACKED);
            case 1 -> setBytes(blob, row, DEDICATED);
            case 2 -> setReference(blob, row);
            case 3 -> setBytes(blob, row, 0);
            default -> setBytes(blob, row, row);
        }
    }

    private void setBytes(StructVector blob, int row, int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        ((LargeVarBinaryVector) blob.getChild("data")).setSafe(row, value);
    }

    private void setReference(StructVector blob, int row) throws Exception {
        Path file = Files.createTempFile(Files.createDirectories(elsewhere), "blob", ".bin");
        Files.writeString(file, "kept elsewhere " + row);
        byte[] address = file.toUri().toString().getBytes(StandardCharsets.UTF_8);
        ((VarCharVector) blob.getChild("uri")).setSafe(row, address);
    }
}
