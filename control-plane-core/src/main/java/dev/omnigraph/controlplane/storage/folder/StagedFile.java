package dev.omnigraph.controlplane.storage.folder;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.random.RandomGenerator;

/**
 * Bytes that have reached the disk beside the file they are meant for, under a name nobody else uses. Closing removes
 * what was not published; what a dead process leaves is hidden from listings and in nobody's way.
 */
final class StagedFile implements Closeable {

    /** So many random names are tried; that already the second is needed is most unlikely. */
    static final int MAX_NAMES = 16;

    private final Path target;
    private final Path staged;
    private final VersionTag tag;

    private StagedFile(Path target, Path staged, VersionTag tag) {
        this.target = target;
        this.staged = staged;
        this.tag = tag;
    }

    /** Writes the bytes beside {@code target}. Nothing is left behind where that fails. */
    static StagedFile write(Path target, byte[] bytes, RandomGenerator random) throws IOException {
        StagedFile file = new StagedFile(target, createBeside(target, random), tagOf(bytes));
        try {
            file.fill(bytes);
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static Path createBeside(Path target, RandomGenerator random) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Path staged = target.resolveSibling(target.getFileName() + "#" + Long.toUnsignedString(random.nextLong()));
            try {
                return Files.createFile(staged);
            } catch (FileAlreadyExistsException taken) {
                if (attempt == MAX_NAMES) {
                    throw taken;
                }
            }
        }
    }

    private void fill(byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(staged, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** What the object is called by its content. */
    static VersionTag tagOf(byte[] bytes) {
        return new VersionTag(Sha256.hex(bytes));
    }

    VersionTag tag() {
        return tag;
    }

    /**
     * Gives the bytes their name if nothing has it.
     *
     * @throws FileAlreadyExistsException where something has it
     */
    void publishNew() throws IOException {
        Files.createLink(target, staged);
    }

    /** Gives the bytes their name, whatever had it before. */
    void publishOver() throws IOException {
        Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** After a failure to publish: whether it is certain that the bytes did not get their name. */
    boolean isCertainlyUnpublished() {
        try {
            return Files.exists(staged, LinkOption.NOFOLLOW_LINKS) && !Files.isSameFile(staged, target);
        } catch (NoSuchFileException noTarget) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(staged);
        } catch (IOException leftBehind) {
            // The outcome of the write is known without this; the file is hidden and harmless.
            return;
        }
    }
}
