package dev.omnigraph.controlplane.lance;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** Gives rows to Lance as a stream of one batch. */
final class OneBatchReader extends ArrowReader {

    private final Schema schema;
    private final Consumer<VectorSchemaRoot> filler;
    private boolean given;

    /** @param filler puts the rows into the batch and sets their number */
    OneBatchReader(Schema schema, Consumer<VectorSchemaRoot> filler, BufferAllocator allocator) {
        super(allocator);
        this.schema = schema;
        this.filler = filler;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        if (given) {
            return false;
        }
        prepareLoadNextBatch();
        filler.accept(getVectorSchemaRoot());
        given = true;
        return true;
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() {
        return schema;
    }
}
