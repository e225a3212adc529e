package dev.omnigraph.controlplane.lance;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.LargeVarBinaryVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.StructVector;
import org.lance.BlobFile;
import org.lance.Dataset;

/**
 * The blobs of a batch of rows (graph-format.md 8). What a read gives is a descriptor for each row; what a write takes is
 * the value, or the address of one that is kept elsewhere. A null is a descriptor of zeros, which also an empty value in
 * the first place of a file has: the engine reads both as null.
 *
 * @param descriptors as Lance gives them
 */
record BlobColumn(StructVector descriptors) {

    private static final byte INLINE = 0;
    /** The value lies at an address outside of the dataset. */
    private static final byte EXTERNAL = 3;

    private static final int PIECE_BYTES = 1024 * 1024;

    boolean isNull(int row) {
        return kind(row) == INLINE && size(row) == 0 && position(row) == 0;
    }

    private boolean isExternal(int row) {
        return kind(row) == EXTERNAL;
    }

    /** What the value takes in the dataset; a reference takes nothing. */
    long storedBytes(int row) {
        return isExternal(row) ? 0 : size(row);
    }

    /** What the value takes outside of the data file that holds the other columns. */
    long bytesBesideDataFile(int row) {
        return kind(row) == INLINE ? 0 : storedBytes(row);
    }

    private byte kind(int row) {
        return ((UInt1Vector) descriptors.getChild("kind")).get(row);
    }

    private long position(int row) {
        return ((UInt8Vector) descriptors.getChild("position")).get(row);
    }

    private long size(int row) {
        return ((UInt8Vector) descriptors.getChild("size")).get(row);
    }

    private byte[] address(int row) {
        return ((VarCharVector) descriptors.getChild("blob_uri")).get(row);
    }

    /**
     * Reads the values of some rows into a column that is to be written.
     *
     * @param first the position of the batch's first row in the dataset
     * @param from the first row, within the batch
     * @param target empty, of the form that blobs are written in; gets {@code rows} rows
     */
    void copy(Dataset dataset, long first, int from, int rows, StructVector target) throws LanceException, IOException {
        boolean nullable = target.getField().isNullable();
        LargeVarBinaryVector values = (LargeVarBinaryVector) target.getChild("data");
        VarCharVector addresses = (VarCharVector) target.getChild("uri");
        long bytes = 0;
        for (int row = from; row < from + rows; row++) {
            bytes += storedBytes(row);
        }
        target.setInitialCapacity(rows);
        target.allocateNew();
        values.allocateNew(bytes, rows);
        try (OpenBlobs blobs = new OpenBlobs(open(dataset, first, from, rows))) {
            Values written = new Values(values);
            for (int row = 0; row < rows; row++) {
                int source = from + row;
                if (isNull(source) && nullable) {
                    written.addNull(row);
                    continue;
                }
                target.setIndexDefined(row);
                if (isExternal(source)) {
                    written.addNull(row);
                    addresses.setSafe(row, address(source));
                } else {
                    written.add(row, size(source), blobs);
                }
            }
            written.finish(rows);
        }
        target.setValueCount(rows);
    }

    /** The values that have bytes in the dataset, in the order of their rows. */
    private List<BlobFile> open(Dataset dataset, long first, int from, int rows) throws LanceException, IOException {
        List<Long> positions = new ArrayList<>();
        for (int row = from; row < from + rows; row++) {
            if (storedBytes(row) > 0) {
                positions.add(first + row);
            }
        }
        if (positions.isEmpty()) {
            return List.of();
        }
        List<BlobFile> files = LanceFailures.call(() -> dataset.takeBlobsByIndices(positions, descriptors.getName()));
        if (files.size() != positions.size()) {
            new OpenBlobs(files).close();
            throw new IOException("the column " + descriptors.getName() + " gives " + files.size() + " of "
                    + positions.size() + " blobs");
        }
        return files;
    }

    /** Blobs that are read one after the other, each closed once it is read. */
    private static final class OpenBlobs implements AutoCloseable {

        private final Deque<BlobFile> files;

        private OpenBlobs(List<BlobFile> files) {
            this.files = new ArrayDeque<>(files);
        }

        @Override
        public void close() throws IOException {
            while (!files.isEmpty()) {
                files.remove().close();
            }
        }
    }

    /** Fills a column of values piece by piece, so that a large one is not held twice. */
    private static final class Values {

        private final LargeVarBinaryVector vector;
        private long end;

        private Values(LargeVarBinaryVector vector) {
            this.vector = vector;
        }

        private void addNull(int row) {
            vector.getOffsetBuffer().setLong(offset(row), end);
        }

        private void add(int row, long size, OpenBlobs blobs) throws LanceException, IOException {
            vector.getOffsetBuffer().setLong(offset(row), end);
            BitVectorHelper.setBit(vector.getValidityBuffer(), row);
            if (size > 0) {
                try (BlobFile file = blobs.files.remove()) {
                    read(file, size);
                }
            }
        }

        private void read(BlobFile file, long size) throws LanceException, IOException {
            ArrowBuf data = vector.getDataBuffer();
            for (long left = size; left > 0; ) {
                int wanted = (int) Math.min(PIECE_BYTES, left);
                byte[] piece = LanceFailures.call(() -> file.readUpTo(wanted));
                if (piece.length == 0) {
                    throw new IOException("a blob of " + size + " bytes ends " + left + " bytes too early");
                }
                data.setBytes(end, piece);
                end += piece.length;
                left -= piece.length;
            }
        }

        private void finish(int rows) {
            vector.getOffsetBuffer().setLong(offset(rows), end);
            vector.setLastSet(rows - 1);
            vector.setValueCount(rows);
        }

        private static long offset(int row) {
            return (long) row * LargeVarBinaryVector.OFFSET_WIDTH;
        }
    }
}
