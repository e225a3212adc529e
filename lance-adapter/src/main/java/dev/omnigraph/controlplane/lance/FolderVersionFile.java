package dev.omnigraph.controlplane.lance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A version file in a local folder. */
record FolderVersionFile(Path path) implements VersionFile {

    @Override
    public long version() {
        return VersionFile.version(path.getFileName().toString());
    }

    @Override
    public VersionMetadata metadata() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        long inode = (Long) Files.getAttribute(path, "unix:ino");
        long modified = attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS);
        long size = attributes.size();
        String eTag = Long.toHexString(inode) + "-" + Long.toHexString(modified) + "-" + Long.toHexString(size);
        return new VersionMetadata(
                path.toString().substring(1), OptionalLong.of(size), Optional.of(eTag), Optional.of(NAMING_SCHEME));
    }

    @Override
    public boolean isFramed() throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return Frame.isWhole(file.size(), (position, bytes) -> read(file, position, bytes));
        }
    }

    private static ByteBuffer read(FileChannel file, long position, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
        return buffer.flip();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
