package dev.omnigraph.controlplane.archive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Makes zip archives in which anything can be wrong. */
public final class ZipBuilder {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<byte[]> directory = new ArrayList<>();
    private String comment = "";
    private int countError;
    private int offsetError;

    /** One entry, as it is right; a case changes what it is about. */
    public static final class Entry {
        public byte[] name;
        public byte[] data;
        public byte[] packed;
        public int method = 8;
        public int flags = 1 << 11;
        public int crc;
        public long size;
        public long packedSize;
        public int mode = 0100644;
        public byte[] localName;
        public int localMethod;
        public int localFlags;
        public int localCrc;
        public long localSize;
        public long localPackedSize;
        public byte[] extra = new byte[0];
        public byte[] localExtra = new byte[0];
        public byte[] behind = new byte[0];

        Entry(String name, byte[] data) {
            this.name = name.getBytes(StandardCharsets.UTF_8);
            this.data = data;
            CRC32 checksum = new CRC32();
            checksum.update(data);
            crc = (int) checksum.getValue();
            size = data.length;
            pack(deflated(data));
            localName = this.name;
            localMethod = method;
            localFlags = flags;
            localCrc = crc;
            localSize = size;
        }

        /** Other packed bytes. */
        public void pack(byte[] bytes) {
            packed = bytes;
            packedSize = bytes.length;
            localPackedSize = bytes.length;
        }

        /** Not compressed. */
        public void store() {
            method = 0;
            localMethod = 0;
            pack(data);
        }

        /** Sizes behind the data, as a tool writes that does not know them before. */
        public void describeBehind(boolean signed, boolean wide) {
            flags |= 1 << 3;
            localFlags = flags;
            localCrc = 0;
            localSize = 0;
            localPackedSize = 0;
            ByteBuffer descriptor = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
            if (signed) {
                descriptor.putInt(0x08074b50);
            }
            descriptor.putInt(crc);
            if (wide) {
                localExtra = zip64(0, 0);
                descriptor.putLong(packedSize).putLong(size);
            } else {
                descriptor.putInt((int) packedSize).putInt((int) size);
            }
            behind = new byte[descriptor.position()];
            descriptor.rewind().get(behind);
        }
    }

    public static byte[] zip64(long size, long packedSize) {
        return ByteBuffer.allocate(20)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 1)
                .putShort((short) 16)
                .putLong(size)
                .putLong(packedSize)
                .array();
    }

    public static byte[] deflated(byte[] data) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(data);
        deflater.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        while (!deflater.finished()) {
            packed.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return packed.toByteArray();
    }

    public ZipBuilder file(String name, String text) {
        return entry(name, text.getBytes(StandardCharsets.UTF_8), entry -> {});
    }

    public ZipBuilder entry(String name, byte[] data, Consumer<Entry> change) {
        Entry entry = new Entry(name, data);
        change.accept(entry);
        int offset = out.size();
        ByteBuffer local = buffer(30)
                .putInt(0x04034b50)
                .putShort((short) 20)
                .putShort((short) entry.localFlags)
                .putShort((short) entry.localMethod)
                .putInt(0)
                .putInt(entry.localCrc)
                .putInt((int) entry.localPackedSize)
                .putInt((int) entry.localSize)
                .putShort((short) entry.localName.length)
                .putShort((short) entry.localExtra.length);
        out.writeBytes(content(local));
        out.writeBytes(entry.localName);
        out.writeBytes(entry.localExtra);
        out.writeBytes(entry.packed);
        out.writeBytes(entry.behind);
        directory.add(directoryEntry(entry, offset));
        return this;
    }

    private static byte[] directoryEntry(Entry entry, int offset) {
        ByteBuffer header = buffer(46 + entry.name.length + entry.extra.length)
                .putInt(0x02014b50)
                .putShort((short) (3 << 8 | 20))
                .putShort((short) 20)
                .putShort((short) entry.flags)
                .putShort((short) entry.method)
                .putInt(0)
                .putInt(entry.crc)
                .putInt((int) entry.packedSize)
                .putInt((int) entry.size)
                .putShort((short) entry.name.length)
                .putShort((short) entry.extra.length)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(entry.mode << 16)
                .putInt(offset)
                .put(entry.name)
                .put(entry.extra);
        return content(header);
    }

    /** Bytes that belong to nothing. */
    public ZipBuilder junk(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** The entry that was added last is not in the directory. */
    public ZipBuilder hideLast() {
        directory.remove(directory.size() - 1);
        return this;
    }

    /** The entries stand in the directory the other way round. */
    public ZipBuilder reverseDirectory() {
        Collections.reverse(directory);
        return this;
    }

    /** The entry that was added last stands in the directory once more, as another file with the same data. */
    public ZipBuilder repeatLast(String name) {
        byte[] last = directory.get(directory.size() - 1).clone();
        byte[] other = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(other, 0, last, 46, other.length);
        directory.add(last);
        return this;
    }

    public ZipBuilder comment(String text) {
        comment = text;
        return this;
    }

    public ZipBuilder miscount(int by) {
        countError = by;
        return this;
    }

    public ZipBuilder misplace(int by) {
        offsetError = by;
        return this;
    }

    public byte[] build() {
        int begin = out.size();
        directory.forEach(out::writeBytes);
        byte[] text = comment.getBytes(StandardCharsets.ISO_8859_1);
        short count = (short) (directory.size() + countError);
        ByteBuffer end = buffer(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort(count)
                .putShort(count)
                .putInt(out.size() - begin)
                .putInt(begin + offsetError)
                .putShort((short) text.length);
        out.writeBytes(content(end));
        out.writeBytes(text);
        return out.toByteArray();
    }

    private static byte[] content(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.rewind().get(bytes);
        return bytes;
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
