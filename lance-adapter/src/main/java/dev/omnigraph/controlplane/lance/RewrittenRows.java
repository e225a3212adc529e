package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.language.schema.ScalarType;
import dev.omnigraph.controlplane.language.schema.TableDefinition;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.lance.Dataset;

/**
 * The rows of a table in the form that a migration gives them, as a stream that Lance writes from. Values are copied as
 * they are; a batch ends early where its blobs become large. Not thread-safe; does not close the dataset.
 */
final class RewrittenRows extends ArrowReader {

    private final Dataset dataset;
    private final RowMapping mapping;
    private final SourceRows source;
    private final List<String> blobs;

    /** How many rows of the source's present batch are given away. */
    private int given;

    private int rowsOfBatch;

    RewrittenRows(BufferAllocator allocator, Dataset dataset, RowMapping mapping) throws LanceException {
        super(allocator);
        this.dataset = dataset;
        this.mapping = mapping;
        this.source = new SourceRows(dataset, mapping.sourceColumns());
        this.blobs = mapping.target().columns().stream()
                .filter(RewrittenRows::isBlob)
                .map(TableDefinition.Column::name)
                .filter(mapping.sources()::containsKey)
                .toList();
    }

    static boolean isBlob(TableDefinition.Column column) {
        return column.type().scalar() == ScalarType.Primitive.BLOB
                && !column.type().list();
    }

    /** How many rows there are in all. */
    long total() {
        return source.total();
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        prepareLoadNextBatch();
        VectorSchemaRoot target = getVectorSchemaRoot();
        // What was given away before is still in use: its memory is left to the user and not written again.
        target.clear();
        try {
            if (given == rowsOfBatch) {
                if (!source.next()) {
                    return false;
                }
                given = 0;
                rowsOfBatch = source.batch().getRowCount();
            }
            int rows = rowsThatFit();
            for (TableDefinition.Column column : mapping.target().columns()) {
                fill(column, target.getVector(column.name()), rows);
            }
            target.setRowCount(rows);
            given += rows;
            return true;
        } catch (LanceException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void fill(TableDefinition.Column column, FieldVector target, int rows) throws LanceException, IOException {
        String from = mapping.sources().get(column.name());
        if (from == null) {
            return; // the count of rows is all that a column of nulls has
        }
        FieldVector values = source.batch().getVector(from);
        if (isBlob(column)) {
            new BlobColumn((StructVector) values).copy(dataset, source.first(), given, rows, (StructVector) target);
        } else {
            values.makeTransferPair(target).splitAndTransfer(given, rows);
        }
    }

    /** As many of the rows that are left as their blobs let pass, and one at least. */
    private int rowsThatFit() throws IOException {
        int left = rowsOfBatch - given;
        if (blobs.isEmpty()) {
            return left;
        }
        long bytes = 0;
        for (int row = 0; row < left; row++) {
            for (String blob : blobs) {
                FieldVector descriptors =
                        source.batch().getVector(mapping.sources().get(blob));
                bytes += new BlobColumn((StructVector) descriptors).storedBytes(given + row);
            }
            if (bytes > SourceRows.BATCH_BYTES) {
                return Math.max(1, row);
            }
        }
        return left;
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected void closeReadSource() throws IOException {
        source.close();
    }

    @Override
    protected Schema readSchema() {
        return GraphLayout.columns(mapping.target());
    }
}
