package dev.omnigraph.controlplane.lance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A file that describes one version of a dataset, named by Lance's V2 scheme: the newest sorts first (graph-format.md 1.2).
 */
interface VersionFile {

    /** Where the version files of a dataset lie, below it. */
    String FOLDER = "_versions";

    String SUFFIX = ".manifest";
    String NAMING_SCHEME = "V2";

    /** The version that the file describes; unsigned. */
    long version();

    /** What a manifest row says of this file: as the engine has it from its object store. */
    VersionMetadata metadata() throws IOException;

    /**
     * Whether the message lies inside the file. Lance trusts the lengths it reads there: a torn or overwritten file makes
     * its native code end the whole process.
     */
    boolean isFramed() throws IOException;

    /** The name of the file of a version. */
    static String name(long version) {
        // It counts down from 2^64 - 1, which is what the complement is.
        return Long.toUnsignedString(~version) + SUFFIX;
    }

    /** The version whose file has this name. */
    static long version(String name) {
        return ~Long.parseUnsignedLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    /** Gives a part of a file. */
    @FunctionalInterface
    interface Part {
        ByteBuffer read(long position, int bytes) throws IOException;
    }

    /** How version files are laid out: messages, and at the end where the last of them begins. */
    final class Frame {

        /** The file ends with the position of its message, two format numbers and these letters. */
        private static final byte[] MAGIC = "LANC".getBytes(StandardCharsets.US_ASCII);

        private static final int FOOTER_BYTES = 16;
        private static final int LENGTH_BYTES = Integer.BYTES;

        private Frame() {}

        /** See {@link VersionFile#isFramed}. */
        static boolean isWhole(long size, Part file) throws IOException {
            long end = size - FOOTER_BYTES;
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

        private static ByteBuffer read(Part file, long position, int bytes) throws IOException {
            return file.read(position, bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
