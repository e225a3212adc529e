package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.storage.StoredObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/** A version file in a bucket, where each question is answered by the whole of it. */
record BucketVersionFile(BucketLocation location) implements VersionFile {

    @Override
    public long version() {
        return VersionFile.version(location.key().name());
    }

    @Override
    public VersionMetadata metadata() throws IOException {
        StoredObject file = location.read();
        String eTag = "\"" + file.tag().value() + "\"";
        return new VersionMetadata(
                location.nameInBucket(),
                OptionalLong.of(file.bytes().length),
                Optional.of(eTag),
                Optional.of(NAMING_SCHEME));
    }

    @Override
    public boolean isFramed() throws IOException {
        ByteBuffer file = ByteBuffer.wrap(location.read().bytes());
        return Frame.isWhole(file.limit(), (position, bytes) -> file.slice((int) position, bytes));
    }

    @Override
    public String toString() {
        return location.toString();
    }
}
