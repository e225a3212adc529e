package dev.omnigraph.controlplane.lance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A file below {@code _versions} that describes one version of a dataset on a local file system, named by Lance's V2
 * scheme: the newest sorts first (graph-format.md 1.2).
 */
record VersionFile(Path path) {

    private static final String FOLDER = "_versions";
    private static final String SUFFIX = ".manifest";
    private static final String NAMING_SCHEME = "V2";

    /** The file ends with the position of its message, two format numbers and these letters. */
    private static final byte[] MAGIC = "LANC".getBytes(StandardCharsets.US_ASCII);

    private static final int FOOTER_BYTES = 16;
    private static final int LENGTH_BYTES = Integer.BYTES;

    static VersionFile of(Path dataset, long version) {
        // The name counts down from 2^64 - 1, which is what the complement is.
        return new VersionFile(dataset.resolve(FOLDER).resolve(Long.toUnsignedString(~version) + SUFFIX));
    }

    /** The version that the file describes; unsigned. */
    long version() {
        String name = path.getFileName().toString();
        return ~Long.parseUnsignedLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    /** What a manifest row says of this file: as the engine has it from its object store. */
    VersionMetadata metadata() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        long inode = (Long) Files.getAttribute(path, "unix:ino");
        long modified = attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS);
        long size = attributes.size();
        String eTag = Long.toHexString(inode) + "-" + Long.toHexString(modified) + "-" + Long.toHexString(size);
        return new VersionMetadata(
                path.toString().substring(1), OptionalLong.of(size), Optional.of(eTag), Optional.of(NAMING_SCHEME));
    }

    /** The newest version of a dataset; empty where there is none. */
    static Optional<VersionFile> newest(Path dataset) throws IOException {
        Optional<Path> newest = Optional.empty();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dataset.resolve(FOLDER), "*" + SUFFIX)) {
            for (Path file : files) {
                newest = Optional.of(
                        newest.filter(other -> other.compareTo(file) < 0).orElse(file));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        }
        return newest.map(VersionFile::new);
    }

    /**
     * Whether the message lies inside the file. Lance trusts the lengths it reads there: a torn or overwritten file makes
     * its native code end the whole process.
     */
    boolean isFramed() throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            long end = file.size() - FOOTER_BYTES;
            if (end < LENGTH_BYTES) {
                return false;
            }
            ByteBuffer footer = read(file, end, FOOTER_BYTES);
            long message = footer.getLong();
            byte[] magic = new byte[MAGIC.length];
            footer.position(FOOTER_BYTES - MAGIC.length).get(magic);
            if (!Arrays.equals(magic, MAGIC) || message < 0 || message > end - LENGTH_BYTES) {
                return false;
            }
            long length =
                    Integer.toUnsignedLong(read(file, message, LENGTH_BYTES).getInt());
            return message + LENGTH_BYTES + length <= end;
        }
    }

    private static ByteBuffer read(FileChannel file, long position, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
        return buffer.flip();
    }
}
