package dev.omnigraph.controlplane.lance;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Protocol-buffer messages as text, without their schema: one line for each value, named by the field numbers that lead to
 * it. What may be a message is shown as one, else as text, else as bytes; two equal messages have equal lines.
 */
final class WireText {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private WireText() {}

    /** The lines of a message, such as {@code 2.1 = "Person"}. */
    static List<String> lines(byte[] message) {
        return parse(message, "").orElseThrow(() -> new IllegalArgumentException("no protocol-buffer message"));
    }

    private static Optional<List<String>> parse(byte[] message, String path) {
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        List<String> lines = new ArrayList<>();
        while (in.hasRemaining()) {
            long tag = varint(in);
            long field = tag >>> 3;
            if (tag <= 0 || field == 0 || field > 10_000) {
                return Optional.empty();
            }
            String name = path + field;
            Optional<List<String>> value = value(in, (int) (tag & 7), name);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            lines.addAll(value.get());
        }
        return Optional.of(lines);
    }

    private static Optional<List<String>> value(ByteBuffer in, int type, String name) {
        switch (type) {
            case VARINT -> {
                long number = varint(in);
                return number == -1 && !in.hasRemaining()
                        ? Optional.empty()
                        : Optional.of(List.of(name + " = " + Long.toUnsignedString(number)));
            }
            case FIXED64 -> {
                return in.remaining() < Long.BYTES
                        ? Optional.empty()
                        : Optional.of(List.of(name + " = 64:" + Long.toHexString(in.getLong())));
            }
            case FIXED32 -> {
                return in.remaining() < Integer.BYTES
                        ? Optional.empty()
                        : Optional.of(List.of(name + " = 32:" + Integer.toHexString(in.getInt())));
            }
            case BYTES -> {
                long length = varint(in);
                if (length < 0 || length > in.remaining()) {
                    return Optional.empty();
                }
                byte[] bytes = new byte[(int) length];
                in.get(bytes);
                return Optional.of(lengthDelimited(bytes, name));
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    private static List<String> lengthDelimited(byte[] bytes, String name) {
        Optional<String> text = printable(bytes);
        if (text.isPresent()) {
            return List.of(name + " = \"" + text.get() + "\"");
        }
        Optional<List<String>> message = parse(bytes, name + ".");
        return message.orElseGet(() -> List.of(name + " = 0x" + HexFormat.of().formatHex(bytes)));
    }

    private static Optional<String> printable(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.chars().allMatch(c -> c >= ' ') ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The next base-128 number; -1 where the message ends inside it. */
    private static long varint(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE && in.hasRemaining(); shift += 7) {
            byte b = in.get();
            number |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return number;
            }
        }
        return -1;
    }
}
