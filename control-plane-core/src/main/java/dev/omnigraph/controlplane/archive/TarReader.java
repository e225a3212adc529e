package dev.omnigraph.controlplane.archive;

import dev.omnigraph.controlplane.digest.Utf8;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a tar archive as today's tools write them: ustar, with the long names of pax or of GNU tar. Files and folders only.
 * Used once; not thread-safe.
 */
final class TarReader {

    private static final int BLOCK = 512;

    /** What long names and attributes may take up together. */
    private static final int MAX_METADATA_BYTES = 1 << 20;

    /** Zeros that may fill up the last record; tools write 10 KiB, or what they were told. */
    private static final int MAX_FILLING_BYTES = 1 << 20;

    private static final int NAME_BYTES = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_BYTES = 12;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_BYTES = 8;
    private static final int TYPE_AT = 156;
    private static final int MAGIC_AT = 257;
    private static final byte[] USTAR = {'u', 's', 't', 'a', 'r', 0};
    private static final int PREFIX_AT = 345;
    private static final int PREFIX_BYTES = 155;

    private static final String PATH = "path";
    private static final String SIZE = "size";
    private static final String CHARSET = "hdrcharset";
    private static final String UTF_8 = "ISO-IR 10646 2000 UTF-8";
    private static final String SPARSE = "GNU.sparse";

    private final GzipStream tar;
    private final ArchiveContents contents;
    private int metadataBytes;
    private Optional<String> longName = Optional.empty();
    private Map<String, String> attributes = Map.of();

    TarReader(GzipStream tar, ArchiveContents contents) {
        this.tar = tar;
        this.contents = contents;
    }

    void read() throws ArchiveRefusedException {
        try (tar) {
            byte[] header = block();
            while (!isZero(header, header.length)) {
                contents.countEntries(1);
                requireChecksum(header);
                take(header);
                header = block();
            }
            requireEnd();
        }
    }

    private void take(byte[] header) throws ArchiveRefusedException {
        long size = size(header);
        char type = (char) header[TYPE_AT];
        switch (type) {
            case 'x' -> attributes = attributes(metadata(size));
            case 'g' -> requireHarmless(attributes(metadata(size)));
            case 'L' -> longName = Optional.of(text(metadata(size), 0, (int) size));
            case '0', '\0' -> takeFile(name(header), size, type);
            case '5' -> takeFolder(name(header), size);
            default ->
                throw new ArchiveRefusedException(
                        ArchiveRule.PLAIN_FILES, "`" + name(header) + "` is " + kind(type) + ", no file or folder");
        }
    }

    private static String kind(char type) {
        return switch (type) {
            case '1', '2', 'K' -> "a link";
            case '3', '4' -> "a device";
            case '6' -> "a pipe";
            case 'S' -> "a sparse file";
            default -> "an entry of an unknown kind";
        };
    }

    private void takeFile(String name, long size, char type) throws ArchiveRefusedException {
        boolean folderOfOldTools = type == '\0' && name.endsWith("/");
        if (folderOfOldTools) {
            takeFolder(name, size);
            return;
        }
        requireSize(name, size);
        String path = contents.announce(name, size);
        contents.add(path, content((int) size));
        forgetAttributes();
    }

    private void takeFolder(String name, long size) throws ArchiveRefusedException {
        if (size != 0) {
            throw new ArchiveRefusedException(ArchiveRule.ONE_MEANING, "`" + name + "` is a folder and has content");
        }
        contents.addFolder(name);
        forgetAttributes();
    }

    private void forgetAttributes() {
        longName = Optional.empty();
        attributes = Map.of();
    }

    private String name(byte[] header) throws ArchiveRefusedException {
        if (attributes.containsKey(PATH)) {
            return attributes.get(PATH);
        }
        if (longName.isPresent()) {
            return longName.get();
        }
        String name = text(header, 0, NAME_BYTES);
        boolean ustar = Arrays.equals(Arrays.copyOfRange(header, MAGIC_AT, MAGIC_AT + USTAR.length), USTAR);
        String prefix = ustar ? text(header, PREFIX_AT, PREFIX_BYTES) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** A size of an attribute is needed only for files of eight gigabytes, and so says the same here or is wrong. */
    private void requireSize(String name, long size) throws ArchiveRefusedException {
        if (attributes.containsKey(SIZE) && !attributes.get(SIZE).equals(Long.toString(size))) {
            throw new ArchiveRefusedException(ArchiveRule.ONE_MEANING, "`" + name + "` has two sizes");
        }
    }

    private static void requireHarmless(Map<String, String> attributes) throws ArchiveRefusedException {
        if (attributes.containsKey(PATH) || attributes.containsKey(SIZE)) {
            throw new ArchiveRefusedException(ArchiveRule.ONE_MEANING, "it has one path or size for all entries");
        }
    }

    /** Records of the form {@code length key=value}, each with a line break. */
    private static Map<String, String> attributes(byte[] records) throws ArchiveRefusedException {
        Map<String, String> attributes = new LinkedHashMap<>();
        int at = 0;
        while (at < records.length) {
            int space = at;
            int length = 0;
            while (space < records.length && records[space] >= '0' && records[space] <= '9' && space - at < 7) {
                length = length * 10 + records[space++] - '0';
            }
            int end = at + length - 1;
            if (space == at || end <= space || end >= records.length || records[space] != ' ' || records[end] != '\n') {
                throw damaged("attributes of an entry are damaged");
            }
            String text = Utf8.decode(Arrays.copyOfRange(records, space + 1, end))
                    .orElseThrow(() -> new ArchiveRefusedException(
                            ArchiveRule.PATH_CHARACTERS, "an attribute of an entry is not UTF-8 text"));
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw damaged("attributes of an entry are damaged");
            }
            String key = text.substring(0, equals);
            if (attributes.put(key, text.substring(equals + 1)) != null) {
                throw new ArchiveRefusedException(
                        ArchiveRule.ONE_MEANING, "an entry has the attribute " + key + " twice");
            }
            at = end + 1;
        }
        requireKnown(attributes);
        return attributes;
    }

    private static void requireKnown(Map<String, String> attributes) throws ArchiveRefusedException {
        if (attributes.keySet().stream().anyMatch(key -> key.startsWith(SPARSE))) {
            throw new ArchiveRefusedException(ArchiveRule.PLAIN_FILES, "an entry is a sparse file");
        }
        if (!attributes.getOrDefault(CHARSET, UTF_8).equals(UTF_8)) {
            throw new ArchiveRefusedException(ArchiveRule.PATH_CHARACTERS, "a path is not UTF-8 text");
        }
    }

    private byte[] metadata(long size) throws ArchiveRefusedException {
        if (size > MAX_METADATA_BYTES - metadataBytes) {
            throw new ArchiveRefusedException(
                    ArchiveRule.MAX_TOTAL_SIZE,
                    "long names and attributes have more than " + MAX_METADATA_BYTES + " bytes together");
        }
        metadataBytes += (int) size;
        return content((int) size);
    }

    private byte[] content(int size) throws ArchiveRefusedException {
        byte[] content = new byte[size];
        byte[] filling = new byte[(BLOCK - size % BLOCK) % BLOCK];
        if (tar.read(content) < size || tar.read(filling) < filling.length) {
            throw damaged("it ends in the middle of a file");
        }
        return content;
    }

    private byte[] block() throws ArchiveRefusedException {
        byte[] block = new byte[BLOCK];
        if (tar.read(block) < BLOCK) {
            throw damaged("it is no tar archive, or not a whole one");
        }
        return block;
    }

    /** After the first block of zeros come a second one, and nothing but zeros. */
    private void requireEnd() throws ArchiveRefusedException {
        byte[] rest = block();
        int count = BLOCK;
        for (int filling = 0; count > 0; filling += count) {
            if (!isZero(rest, count)) {
                throw new ArchiveRefusedException(ArchiveRule.ONE_MEANING, "something lies behind its end");
            }
            if (filling > MAX_FILLING_BYTES) {
                throw new ArchiveRefusedException(
                        ArchiveRule.MAX_TOTAL_SIZE, "more than " + MAX_FILLING_BYTES + " zeros lie behind its end");
            }
            count = tar.read(rest);
        }
    }

    private static boolean isZero(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static void requireChecksum(byte[] header) throws ArchiveRefusedException {
        int sum = 0;
        for (int i = 0; i < header.length; i++) {
            boolean checksum = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_BYTES;
            sum += checksum ? ' ' : Byte.toUnsignedInt(header[i]);
        }
        if (octal(header, CHECKSUM_AT, CHECKSUM_BYTES) != sum) {
            throw damaged("it is no tar archive, or a header of it is damaged");
        }
    }

    private static long size(byte[] header) throws ArchiveRefusedException {
        return octal(header, SIZE_AT, SIZE_BYTES);
    }

    /** Digits, with spaces before and spaces or zero bytes behind; other spellings are for numbers that are too large. */
    private static long octal(byte[] header, int at, int length) throws ArchiveRefusedException {
        long number = 0;
        int i = at;
        int end = at + length;
        while (i < end && header[i] == ' ') {
            i++;
        }
        for (; i < end && header[i] >= '0' && header[i] <= '7'; i++) {
            number = number * 8 + header[i] - '0';
        }
        for (; i < end; i++) {
            if (header[i] != ' ' && header[i] != 0) {
                throw damaged("a number in a header of it is no octal number");
            }
        }
        return number;
    }

    /** Up to the first zero byte. */
    private static String text(byte[] bytes, int at, int length) throws ArchiveRefusedException {
        int end = at;
        while (end < at + length && bytes[end] != 0) {
            end++;
        }
        return Utf8.decode(Arrays.copyOfRange(bytes, at, end))
                .orElseThrow(
                        () -> new ArchiveRefusedException(ArchiveRule.PATH_CHARACTERS, "a path is not UTF-8 text"));
    }

    private static ArchiveRefusedException damaged(String message) {
        return new ArchiveRefusedException(ArchiveRule.INTACT, message);
    }
}
