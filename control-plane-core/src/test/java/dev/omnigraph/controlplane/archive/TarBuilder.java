package dev.omnigraph.controlplane.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/** Makes tar archives in which anything can be wrong. */
public final class TarBuilder {

    private static final int BLOCK = 512;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public TarBuilder file(String name, String text) {
        return entry('0', name, text.getBytes(StandardCharsets.UTF_8), header -> {});
    }

    public TarBuilder folder(String name) {
        return entry('5', name, new byte[0], header -> {});
    }

    /** A path as pax writes it; the entry that follows has it. */
    public TarBuilder pax(String attributes) {
        return entry('x', "pax", attributes.getBytes(StandardCharsets.UTF_8), header -> {});
    }

    /** A path as GNU tar writes it; the entry that follows has it. */
    public TarBuilder longName(String name) {
        return entry('L', "././@LongLink", (name + "\0").getBytes(StandardCharsets.UTF_8), header -> {});
    }

    /** One record of pax attributes. */
    public static String attribute(String key, String value) {
        int rest = (" " + key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8).length;
        int length = rest + 1;
        while (Integer.toString(length).length() + rest != length) {
            length++;
        }
        return length + " " + key + "=" + value + "\n";
    }

    /**
     * One entry.
     *
     * @param change what is wrong with the header, before its checksum is made
     */
    public TarBuilder entry(char type, String name, byte[] data, Consumer<byte[]> change) {
        byte[] header = new byte[BLOCK];
        put(header, 0, Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), Math.min(100, utf8Length(name))));
        put(header, 100, "0000644\0".getBytes(StandardCharsets.US_ASCII));
        put(header, 124, String.format("%011o\0", data.length).getBytes(StandardCharsets.US_ASCII));
        header[156] = (byte) type;
        put(header, 257, "ustar\00000".getBytes(StandardCharsets.US_ASCII));
        change.accept(header);
        put(header, 148, "        ".getBytes(StandardCharsets.US_ASCII));
        int sum = 0;
        for (byte value : header) {
            sum += Byte.toUnsignedInt(value);
        }
        put(header, 148, String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(header);
        out.writeBytes(data);
        out.writeBytes(new byte[(BLOCK - data.length % BLOCK) % BLOCK]);
        return this;
    }

    public TarBuilder raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** The tar with its end, packed. */
    public byte[] build() {
        return raw(new byte[2 * BLOCK]).buildOpen();
    }

    /** The tar as it is, packed. */
    public byte[] buildOpen() {
        return gzip(out.toByteArray());
    }

    public static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    public static void put(byte[] header, int at, byte[] bytes) {
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
