package dev.omnigraph.controlplane.archive;

import dev.omnigraph.controlplane.digest.Utf8;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads a zip archive by its directory, and takes it only where a reader of the entries one after the other would find
 * the very same: a file that only one of the two sees is the way in which checked and unpacked content come apart. Entries
 * lie one behind the other in the order of the directory, with nothing before, between or behind them. Used once; not
 * thread-safe.
 */
final class ZipReader {

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int MAX_COMMENT_BYTES = 0xFFFF;
    private static final int DIRECTORY_SIGNATURE = 0x02014b50;
    private static final int DIRECTORY_BYTES = 46;
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int DESCRIPTOR_SIGNATURE = 0x08074b50;

    private static final int ENCRYPTED_FLAGS = 1 | 1 << 6 | 1 << 13;
    private static final int DESCRIPTOR_FLAG = 1 << 3;
    private static final int MEANINGFUL_FLAGS = ENCRYPTED_FLAGS | DESCRIPTOR_FLAG | 1 << 11;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private static final int ZIP64_FIELD = 0x0001;
    private static final int UNICODE_NAME_FIELD = 0x7075;
    private static final long ELSEWHERE = 0xFFFFFFFFL;

    private static final int FILE_TYPE_SHIFT = 28;
    private static final int REGULAR_FILE = 0x8;
    private static final int FOLDER = 0x4;

    private final ByteBuffer zip;
    private final ArchiveContents contents;

    ZipReader(byte[] bytes, ArchiveContents contents) {
        this.zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.contents = contents;
    }

    /** One entry as the directory has it; sizes and offsets are unsigned 32 bits. */
    private record Entry(
            String name, int flags, int method, int crc, long packedSize, long size, int fileType, long offset) {

        byte[] nameBytes() {
            return name.getBytes(StandardCharsets.UTF_8);
        }

        boolean folder() {
            return name.endsWith("/");
        }

        boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }

    void read() throws ArchiveRefusedException {
        int end = findEnd();
        int count = unsignedShort(end + 10);
        if (unsignedShort(end + 4) != 0 || unsignedShort(end + 6) != 0 || unsignedShort(end + 8) != count) {
            throw refused(ArchiveRule.INTACT, "it is a part of an archive of several files");
        }
        long directorySize = unsignedInt(end + 12);
        long directory = unsignedInt(end + 16);
        if (directory + directorySize != end) {
            throw refused(
                    ArchiveRule.ONE_MEANING,
                    "its directory is not where its end says, or it is a zip64 archive, which nothing that is small"
                            + " enough needs to be");
        }
        contents.countEntries(count);
        List<Entry> entries = directory((int) directory, end, count);
        long expected = 0;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (entry.offset() != expected) {
                throw refused(
                        ArchiveRule.ONE_MEANING,
                        "`" + entry.name() + "` does not lie right behind the entry before it");
            }
            expected = i + 1 < entries.size() ? entries.get(i + 1).offset() : directory;
            if (expected <= entry.offset() || expected > directory) {
                throw refused(ArchiveRule.ONE_MEANING, "`" + entry.name() + "` has no place of its own");
            }
            take(entry, expected);
        }
        if (expected != directory) {
            throw refused(ArchiveRule.ONE_MEANING, "something lies before its directory that the directory has not");
        }
    }

    /** The one place from which the record of the end reaches exactly to the end. */
    private int findEnd() throws ArchiveRefusedException {
        int length = zip.capacity();
        int found = -1;
        for (int at = length - END_BYTES; at >= Math.max(0, length - END_BYTES - MAX_COMMENT_BYTES); at--) {
            if (zip.getInt(at) == END_SIGNATURE && at + END_BYTES + unsignedShort(at + 20) == length) {
                if (found >= 0) {
                    throw refused(ArchiveRule.ONE_MEANING, "it has two ends, one in the comment of the other");
                }
                found = at;
            }
        }
        if (found < 0) {
            throw refused(ArchiveRule.INTACT, "it is no zip archive, or not a whole one");
        }
        return found;
    }

    private List<Entry> directory(int begin, int end, int count) throws ArchiveRefusedException {
        List<Entry> entries = new ArrayList<>();
        int at = begin;
        while (at < end) {
            requireWithin(at, DIRECTORY_BYTES, end);
            int variable = unsignedShort(at + 28) + unsignedShort(at + 30) + unsignedShort(at + 32);
            if (zip.getInt(at) != DIRECTORY_SIGNATURE || entries.size() == count) {
                throw refused(ArchiveRule.INTACT, "its directory is damaged");
            }
            requireWithin(at, DIRECTORY_BYTES + variable, end);
            entries.add(entry(at));
            at += DIRECTORY_BYTES + variable;
        }
        if (entries.size() != count) {
            throw refused(ArchiveRule.INTACT, "its directory has fewer entries than it says");
        }
        return entries;
    }

    private Entry entry(int at) throws ArchiveRefusedException {
        byte[] rawName = bytes(at + DIRECTORY_BYTES, unsignedShort(at + 28));
        String name = Utf8.decode(rawName)
                .orElseThrow(() -> refused(ArchiveRule.PATH_CHARACTERS, "a path is not UTF-8 text"));
        Entry entry = new Entry(
                name,
                unsignedShort(at + 8),
                unsignedShort(at + 10),
                zip.getInt(at + 16),
                unsignedInt(at + 20),
                unsignedInt(at + 24),
                zip.getInt(at + 38) >>> FILE_TYPE_SHIFT,
                unsignedInt(at + 42));
        if (entry.packedSize() == ELSEWHERE || entry.size() == ELSEWHERE || entry.offset() == ELSEWHERE) {
            throw refused(
                    ArchiveRule.MAX_FILE_SIZE, "`" + name + "` has its size in a zip64 field, so it is too large");
        }
        check(entry, extraFields(at + DIRECTORY_BYTES + rawName.length, unsignedShort(at + 30), name));
        return entry;
    }

    private static void check(Entry entry, List<ExtraField> fields) throws ArchiveRefusedException {
        if (entry.has(ENCRYPTED_FLAGS)) {
            throw refused(ArchiveRule.NOT_ENCRYPTED, "`" + entry.name() + "` is encrypted");
        }
        if (entry.fileType() != 0 && entry.fileType() != (entry.folder() ? FOLDER : REGULAR_FILE)) {
            throw refused(ArchiveRule.PLAIN_FILES, "`" + entry.name() + "` is neither a file nor a folder");
        }
        if (entry.method() != STORED && entry.method() != DEFLATED) {
            throw refused(
                    ArchiveRule.KNOWN_COMPRESSION,
                    "`" + entry.name() + "` is compressed by method " + entry.method()
                            + "; 0 (stored) and 8 (deflated) are known");
        }
        requireOneName(entry, fields);
    }

    private static void requireOneName(Entry entry, List<ExtraField> fields) throws ArchiveRefusedException {
        for (ExtraField field : fields) {
            if (field.id() == UNICODE_NAME_FIELD && !field.holdsName(entry.nameBytes())) {
                throw refused(ArchiveRule.ONE_MEANING, "`" + entry.name() + "` has another name in an extra field");
            }
        }
    }

    /** @param next where the next entry begins, or the directory */
    private void take(Entry entry, long next) throws ArchiveRefusedException {
        int at = Math.toIntExact(entry.offset());
        requireWithin(at, LOCAL_BYTES, next);
        int variable = unsignedShort(at + 26) + unsignedShort(at + 28);
        requireWithin(at, LOCAL_BYTES + variable, next);
        long data = (long) at + LOCAL_BYTES + variable;
        boolean zip64 = checkLocal(entry, at);
        if (data + entry.packedSize() > next) {
            throw refused(ArchiveRule.ONE_MEANING, "`" + entry.name() + "` reaches into what follows it");
        }
        checkDescriptor(entry, (int) (data + entry.packedSize()), next, zip64);
        if (!entry.folder()) {
            String path = contents.announce(entry.name(), entry.size());
            contents.add(path, unpacked(entry, (int) data));
        } else if (entry.size() == 0 && entry.packedSize() == 0) {
            contents.addFolder(entry.name());
        } else if (entry.size() == 0 && entry.method() == DEFLATED) {
            unpacked(entry, (int) data); // some tools deflate the nothing of a folder
            contents.addFolder(entry.name());
        } else {
            throw refused(ArchiveRule.ONE_MEANING, "`" + entry.name() + "` is a folder and has content");
        }
    }

    /**
     * Holds the header before the data against the directory.
     *
     * @return whether the sizes of a descriptor behind the data have 64 bits
     */
    private boolean checkLocal(Entry entry, int at) throws ArchiveRefusedException {
        int nameLength = unsignedShort(at + 26);
        boolean same = zip.getInt(at) == LOCAL_SIGNATURE
                && (unsignedShort(at + 6) & MEANINGFUL_FLAGS) == (entry.flags() & MEANINGFUL_FLAGS)
                && unsignedShort(at + 8) == entry.method()
                && Arrays.equals(bytes(at + LOCAL_BYTES, nameLength), entry.nameBytes());
        if (!same) {
            throw disagreement(entry);
        }
        List<ExtraField> fields = extraFields(at + LOCAL_BYTES + nameLength, unsignedShort(at + 28), entry.name());
        requireOneName(entry, fields);
        Optional<ExtraField> zip64 =
                fields.stream().filter(field -> field.id() == ZIP64_FIELD).findFirst();
        boolean later = entry.has(DESCRIPTOR_FLAG);
        int crc = zip.getInt(at + 14);
        boolean crcAgrees = crc == entry.crc() || (later && crc == 0);
        if (!crcAgrees || !sizesAgree(entry, unsignedInt(at + 18), unsignedInt(at + 22), zip64)) {
            throw disagreement(entry);
        }
        return zip64.isPresent();
    }

    /** The field has the sizes that the header leaves to it: first the unpacked one. */
    private static boolean sizesAgree(Entry entry, long packedSize, long size, Optional<ExtraField> zip64) {
        boolean later = entry.has(DESCRIPTOR_FLAG);
        int place = size == ELSEWHERE ? 1 : 0;
        long wideSize =
                size == ELSEWHERE ? zip64.flatMap(field -> field.number(0)).orElse(ELSEWHERE) : size;
        long widePackedSize = packedSize == ELSEWHERE
                ? zip64.flatMap(field -> field.number(place)).orElse(ELSEWHERE)
                : packedSize;
        return (wideSize == entry.size() || (later && wideSize == 0))
                && (widePackedSize == entry.packedSize() || (later && widePackedSize == 0));
    }

    private void checkDescriptor(Entry entry, int at, long next, boolean zip64) throws ArchiveRefusedException {
        long gap = next - at;
        if (!entry.has(DESCRIPTOR_FLAG)) {
            if (gap != 0) {
                throw refused(ArchiveRule.ONE_MEANING, "something lies behind `" + entry.name() + "`");
            }
            return;
        }
        int sizes = zip64 ? 2 * Long.BYTES : 2 * Integer.BYTES;
        boolean signed = gap == Integer.BYTES + Integer.BYTES + sizes;
        if (!signed && gap != Integer.BYTES + sizes) {
            throw refused(ArchiveRule.ONE_MEANING, "something lies behind `" + entry.name() + "`");
        }
        int crcAt = signed ? at + Integer.BYTES : at;
        int sizesAt = crcAt + Integer.BYTES;
        boolean same = (!signed || zip.getInt(at) == DESCRIPTOR_SIGNATURE)
                && zip.getInt(crcAt) == entry.crc()
                && (zip64 ? zip.getLong(sizesAt) : unsignedInt(sizesAt)) == entry.packedSize()
                && (zip64 ? zip.getLong(sizesAt + Long.BYTES) : unsignedInt(sizesAt + Integer.BYTES)) == entry.size();
        if (!same) {
            throw disagreement(entry);
        }
    }

    private byte[] unpacked(Entry entry, int data) throws ArchiveRefusedException {
        byte[] content = entry.method() == STORED ? stored(entry, data) : inflated(entry, data);
        CRC32 crc = new CRC32();
        crc.update(content);
        if ((int) crc.getValue() != entry.crc()) {
            throw refused(ArchiveRule.INTACT, "the content of `" + entry.name() + "` has not the checksum it says");
        }
        return content;
    }

    private byte[] stored(Entry entry, int data) throws ArchiveRefusedException {
        if (entry.packedSize() != entry.size()) {
            throw disagreement(entry);
        }
        return bytes(data, (int) entry.size());
    }

    /** Never unpacks more than the size that was announced, and one byte to see that there is no more. */
    private byte[] inflated(Entry entry, int data) throws ArchiveRefusedException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(zip.array(), data, (int) entry.packedSize());
            byte[] content = new byte[(int) entry.size()];
            int count = 0;
            while (count < content.length && !inflater.finished()) {
                int more = inflater.inflate(content, count, content.length - count);
                if (more == 0 && !inflater.finished()) {
                    break;
                }
                count += more;
            }
            boolean whole = count == content.length
                    && inflater.inflate(new byte[1]) == 0
                    && inflater.finished()
                    && inflater.getRemaining() == 0;
            if (!whole) {
                throw refused(ArchiveRule.INTACT, "`" + entry.name() + "` does not unpack to the size it says");
            }
            return content;
        } catch (DataFormatException e) {
            throw refused(ArchiveRule.INTACT, "the packed content of `" + entry.name() + "` is damaged");
        } finally {
            inflater.end();
        }
    }

    /** One extra field of an entry. */
    private record ExtraField(int id, ByteBuffer data) {

        /** Version, checksum of the other name, name. */
        boolean holdsName(byte[] name) {
            int before = 1 + Integer.BYTES;
            return data.remaining() == before + name.length
                    && Arrays.equals(
                            Arrays.copyOfRange(
                                    data.array(),
                                    data.arrayOffset() + data.position() + before,
                                    data.arrayOffset() + data.limit()),
                            name);
        }

        /** One of the 64-bit numbers that stand there. */
        Optional<Long> number(int index) {
            int at = data.position() + index * Long.BYTES;
            return at + Long.BYTES <= data.limit() ? Optional.of(data.getLong(at)) : Optional.empty();
        }
    }

    private List<ExtraField> extraFields(int at, int length, String name) throws ArchiveRefusedException {
        List<ExtraField> fields = new ArrayList<>();
        int end = at + length;
        for (int field = at; field < end; ) {
            int data = field + 2 * Short.BYTES;
            int next = data <= end ? data + unsignedShort(field + Short.BYTES) : data;
            if (next > end) {
                throw refused(ArchiveRule.INTACT, "the extra fields of `" + name + "` are damaged");
            }
            ByteBuffer content = zip.duplicate().order(ByteOrder.LITTLE_ENDIAN);
            content.limit(next).position(data);
            fields.add(new ExtraField(unsignedShort(field), content));
            field = next;
        }
        return fields;
    }

    private static void requireWithin(long at, int length, long end) throws ArchiveRefusedException {
        if (at + length > end) {
            throw refused(ArchiveRule.INTACT, "a record of it is cut off");
        }
    }

    private byte[] bytes(int at, int length) {
        return Arrays.copyOfRange(zip.array(), at, at + length);
    }

    private int unsignedShort(int at) {
        return Short.toUnsignedInt(zip.getShort(at));
    }

    private long unsignedInt(int at) {
        return Integer.toUnsignedLong(zip.getInt(at));
    }

    private static ArchiveRefusedException disagreement(Entry entry) {
        return refused(
                ArchiveRule.ONE_MEANING,
                "the directory and the header before its data say different things of `" + entry.name() + "`");
    }

    private static ArchiveRefusedException refused(ArchiveRule rule, String message) {
        return new ArchiveRefusedException(rule, message);
    }
}
