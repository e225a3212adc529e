package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.storage.StorageRoot;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code storage:} declares (control-plane.md 2.7). A path relative to nobody knows what is refused
 * (improvements.md I17).
 *
 * @param normalised trimmed, and without slashes at its end unless it is all slashes; empty where it is refused
 * @param problem why it is refused
 */
record StorageDeclaration(Optional<String> normalised, Optional<String> problem) {

    private static final String SEPARATOR = "/";

    /**
     * Reads a declared value.
     *
     * @param folder the folder of the configuration, which a relative path was probably meant to start from
     */
    static StorageDeclaration of(String declared, Optional<Path> folder) {
        String trimmed = WhiteSpace.trim(declared);
        if (trimmed.isEmpty()) {
            return refused("storage is declared but blank");
        }
        if (trimmed.startsWith(StorageRoot.S3_SCHEME)) {
            String rest = withoutTrailingSlashes(trimmed.substring(StorageRoot.S3_SCHEME.length()));
            return rest.isEmpty()
                    ? refused("storage `" + trimmed + "` names no bucket")
                    : accepted(StorageRoot.S3_SCHEME + rest);
        }
        String scheme = trimmed.startsWith(StorageRoot.FILE_SCHEME) ? StorageRoot.FILE_SCHEME : "";
        String path = trimmed.substring(scheme.length());
        if (!path.startsWith(SEPARATOR)) {
            return refused("storage `" + trimmed + "` is neither " + StorageRoot.S3_SCHEME
                    + " nor an absolute path, and what a relative path starts from would depend on the process;"
                    + absoluteForm(path, folder));
        }
        String stripped = withoutTrailingSlashes(path);
        return accepted(scheme + (stripped.isEmpty() ? SEPARATOR : stripped));
    }

    private static String absoluteForm(String path, Optional<Path> folder) {
        String base = folder.map(given -> given.toAbsolutePath().normalize().toString())
                .orElse("/absolute/path/to");
        String below = path.startsWith("./") ? path.substring(2) : path;
        return " write `" + ConfigSource.join(base, withoutTrailingSlashes(below)) + "` if that is meant";
    }

    private static String withoutTrailingSlashes(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }

    private static StorageDeclaration accepted(String normalised) {
        return new StorageDeclaration(Optional.of(normalised), Optional.empty());
    }

    private static StorageDeclaration refused(String problem) {
        return new StorageDeclaration(Optional.empty(), Optional.of(problem));
    }
}
