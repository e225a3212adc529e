package dev.omnigraph.controlplane.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks a gzip file step by step: exactly one member, with nothing behind it. It holds no more than the packed bytes, so
 * that whoever reads decides how much is unpacked. Used once; not thread-safe.
 */
final class GzipStream implements AutoCloseable {

    private static final int HEADER_BYTES = 10;
    private static final int TRAILER_BYTES = 8;
    private static final int MAGIC = 0x8b1f;
    private static final int DEFLATE = 8;
    private static final int HAS_HEADER_CHECK = 1 << 1;
    private static final int HAS_EXTRA = 1 << 2;
    private static final int HAS_NAME = 1 << 3;
    private static final int HAS_COMMENT = 1 << 4;
    private static final int KNOWN_FLAGS = 0x1F;

    private final ByteBuffer packed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private boolean begun;
    private boolean ended;

    GzipStream(byte[] bytes) {
        this.packed = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Fills the array as far as there is something.
     *
     * @return how much of it is filled; less than all of it only at the end, whose checksum was right then
     */
    int read(byte[] into) throws ArchiveRefusedException {
        begin();
        int count = 0;
        try {
            while (count < into.length && !inflater.finished()) {
                int more = inflater.inflate(into, count, into.length - count);
                if (more == 0 && !inflater.finished()) {
                    throw damaged("its packed content is cut off");
                }
                count += more;
            }
        } catch (DataFormatException e) {
            throw damaged("its packed content is damaged");
        }
        crc.update(into, 0, count);
        if (count < into.length) {
            end();
        }
        return count;
    }

    private void begin() throws ArchiveRefusedException {
        if (begun) {
            return;
        }
        begun = true;
        int length = packed.capacity();
        if (length < HEADER_BYTES + TRAILER_BYTES
                || Short.toUnsignedInt(packed.getShort(0)) != MAGIC
                || packed.get(2) != DEFLATE
                || (packed.get(3) & ~KNOWN_FLAGS) != 0) {
            throw damaged("it is no gzip file");
        }
        int flags = packed.get(3);
        int at = HEADER_BYTES;
        if ((flags & HAS_EXTRA) != 0) {
            at += Short.BYTES + Short.toUnsignedInt(packed.getShort(at));
        }
        at = (flags & HAS_NAME) != 0 ? afterText(at) : at;
        at = (flags & HAS_COMMENT) != 0 ? afterText(at) : at;
        at += (flags & HAS_HEADER_CHECK) != 0 ? Short.BYTES : 0;
        if (at > length - TRAILER_BYTES) {
            throw damaged("its header is cut off");
        }
        inflater.setInput(packed.array(), at, length - at);
    }

    private int afterText(int at) throws ArchiveRefusedException {
        for (int i = at; i < packed.capacity(); i++) {
            if (packed.get(i) == 0) {
                return i + 1;
            }
        }
        throw damaged("its header is cut off");
    }

    private void end() throws ArchiveRefusedException {
        if (ended) {
            return;
        }
        ended = true;
        int at = packed.capacity() - inflater.getRemaining();
        if (inflater.getRemaining() < TRAILER_BYTES) {
            throw damaged("its end is cut off");
        }
        if (inflater.getRemaining() > TRAILER_BYTES) {
            throw new ArchiveRefusedException(ArchiveRule.ONE_MEANING, "something lies behind its end");
        }
        if (packed.getInt(at) != (int) crc.getValue()
                || packed.getInt(at + Integer.BYTES) != (int) inflater.getBytesWritten()) {
            throw damaged("its content has not the checksum it says");
        }
    }

    private static ArchiveRefusedException damaged(String message) {
        return new ArchiveRefusedException(ArchiveRule.INTACT, message);
    }

    @Override
    public void close() {
        inflater.end();
    }
}
