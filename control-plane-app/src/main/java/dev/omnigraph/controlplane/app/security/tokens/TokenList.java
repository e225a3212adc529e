package dev.omnigraph.controlplane.app.security.tokens;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens of a file: one entry a line; empty lines and lines that begin with {@code #} say nothing. A line that cannot
 * be understood spoils the whole file, because nobody knows whom it was to let in or keep out.
 */
record TokenList(Map<String, TokenEntry> entries) {

    /** A larger file is refused; it would hold more than five thousand tokens. */
    static final int MAX_BYTES = 1 << 20;

    private static final String COMMENT = "#";

    TokenList {
        entries = Map.copyOf(entries);
    }

    static TokenList read(Path file) throws TokenFileException {
        return parse(text(file));
    }

    static TokenList parse(String text) throws TokenFileException {
        Map<String, TokenEntry> entries = new LinkedHashMap<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith(COMMENT)) {
                add(entries, line, i + 1);
            }
        }
        return new TokenList(entries);
    }

    Optional<TokenEntry> find(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    private static void add(Map<String, TokenEntry> entries, String line, int number) throws TokenFileException {
        try {
            TokenEntry entry = TokenEntry.parse(line);
            if (entries.put(entry.id(), entry) != null) {
                throw new TokenFileException("its id stands in the file twice");
            }
        } catch (TokenFileException e) {
            throw new TokenFileException("line " + number + " cannot be understood: " + e.getMessage());
        }
    }

    private static String text(Path file) throws TokenFileException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new TokenFileException("it has more than " + MAX_BYTES + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new TokenFileException("it is not UTF-8 text");
        } catch (IOException e) {
            throw new TokenFileException("it cannot be read: " + e);
        }
    }
}
