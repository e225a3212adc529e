package dev.omnigraph.controlplane.app.security.tokens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Changes to a token file. What stands in it already, comments included, stays; readers see the old file or the new. */
final class TokenFileEdit {

    private final Path file;

    TokenFileEdit(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** Adds an entry; makes the file where there is none. */
    void add(TokenEntry entry) throws TokenFileException, IOException {
        replace(Stream.concat(lines().stream(), Stream.of(entry.line())).toList());
    }

    /** Takes the entry with this id out. False when there is none. */
    boolean remove(String id) throws TokenFileException, IOException {
        List<String> present = lines();
        List<String> kept = present.stream()
                .filter(line -> !line.strip().startsWith(id + " "))
                .toList();
        if (kept.size() == present.size()) {
            return false;
        }
        replace(kept);
        return true;
    }

    private List<String> lines() throws TokenFileException, IOException {
        if (Files.notExists(file)) {
            return List.of();
        }
        TokenList.read(file);
        return Files.readAllLines(file);
    }

    /** Of two edits at the same moment one would get lost, so that the second finds the first's new file and stops. */
    private void replace(List<String> lines) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(next, lines);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }
}
