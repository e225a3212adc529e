package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.storage.ObjectKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of a cluster as Lance reaches it. */
record LanceFolder(Path root) implements LanceStorage {

    private static final Path PARENT = Path.of("..");

    /**
     * Lance resolves {@code ..} as text: where the root's own path has such a segment, symbolic links are resolved first,
     * so that datasets come to lie beside the text objects.
     */
    @Override
    public FolderLocation locate(ObjectKey key) throws IOException {
        for (Path segment : root) {
            if (segment.equals(PARENT)) {
                return new FolderLocation(root.toRealPath().resolve(key.path()));
            }
        }
        return new FolderLocation(root.resolve(key.path()));
    }

    @Override
    public String display(ObjectKey key) {
        return root.resolve(key.path()).toString();
    }

    /** Lance leaves some of them out of the path and would write elsewhere. */
    @Override
    public Optional<String> objection(String location) {
        return location.chars().anyMatch(Character::isISOControl)
                ? Optional.of("the path of a graph must not have control characters in it")
                : Optional.empty();
    }
}
