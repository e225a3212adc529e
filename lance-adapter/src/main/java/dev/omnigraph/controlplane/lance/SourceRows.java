package dev.omnigraph.controlplane.lance;

import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;
import org.lance.Dataset;

/**
 * The rows of one version of a table in their order, a bounded number of bytes at a time. Lance's own scans read far ahead
 * of their reader, so ranges of rows are taken instead: what is held does not grow with the table. Of blob columns the
 * descriptors are read, not the values. Not thread-safe; does not close the dataset.
 */
final class SourceRows implements AutoCloseable {

    /** What a batch is to take in memory. */
    static final long BATCH_BYTES = 2L * 1024 * 1024;

    private static final long FIRST_BATCH_ROWS = 64;
    private static final long MAX_BATCH_ROWS = 32_768;

    private final Dataset dataset;
    private final List<String> columns;
    private final long total;

    private @Nullable ArrowReader range;
    private long rangeEnd;
    private long rangeRows = FIRST_BATCH_ROWS;
    private long first;
    private long next;

    /** @throws LanceException when the table does not have one of the columns */
    SourceRows(Dataset dataset, List<String> columns) throws LanceException {
        this.dataset = dataset;
        this.columns = columns;
        for (String column : columns) {
            // Lance ends the whole process when it is asked for a column that is not there.
            if (!has(dataset, column)) {
                throw LanceFailures.of(new IllegalArgumentException(
                        "the table at " + dataset.uri() + " has no column " + column + ", which the schema has"));
            }
        }
        this.total = LanceFailures.call(dataset::countRows);
    }

    static boolean has(Dataset dataset, String column) throws LanceException {
        return LanceFailures.call(dataset::getSchema).getFields().stream()
                .anyMatch(field -> field.getName().equals(column));
    }

    /** How many rows there are. */
    long total() {
        return total;
    }

    /** Goes to the next batch; the one before is released. */
    boolean next() throws LanceException, IOException {
        if (next == total) {
            return false;
        }
        ArrowReader reader = range != null && next < rangeEnd ? range : openRange();
        if (!LanceFailures.call(reader::loadNextBatch)) {
            throw new IOException("the rows from " + next + " to " + rangeEnd + " of " + total + " cannot be read");
        }
        VectorSchemaRoot batch = batch();
        first = next;
        next += batch.getRowCount();
        adapt(batch);
        return true;
    }

    /** The present batch. */
    VectorSchemaRoot batch() throws IOException {
        if (range == null) {
            throw new IllegalStateException("there is no batch yet");
        }
        return range.getVectorSchemaRoot();
    }

    /** The position of the present batch's first row in the table. */
    long first() {
        return first;
    }

    private ArrowReader openRange() throws LanceException, IOException {
        close();
        rangeEnd = Math.min(total, next + rangeRows);
        List<Long> positions = LongStream.range(next, rangeEnd).boxed().toList();
        ArrowReader opened = LanceFailures.call(() -> dataset.take(positions, columns));
        range = opened;
        return opened;
    }

    /** Rows are of any width, so each batch decides how many the next one has. */
    private void adapt(VectorSchemaRoot batch) {
        long bytes = 1;
        for (FieldVector vector : batch.getFieldVectors()) {
            bytes += vector.getBufferSize();
        }
        rangeRows = Math.max(1, Math.min(MAX_BATCH_ROWS, BATCH_BYTES * batch.getRowCount() / bytes));
    }

    @Override
    public void close() throws IOException {
        if (range != null) {
            range.close();
            range = null;
        }
    }
}
