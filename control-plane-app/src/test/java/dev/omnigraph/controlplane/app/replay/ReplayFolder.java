package dev.omnigraph.controlplane.app.replay;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import dev.omnigraph.controlplane.testing.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A cluster that is stored in its configuration folder. */
record ReplayFolder(Path folder) implements ReplayStorage {

    @Override
    public String display() {
        return folder.toString();
    }

    @Override
    public String uri() {
        return "file://" + folder;
    }

    @Override
    public TestCluster open(FaultPoints faults) {
        return new TestCluster(folder, faults);
    }

    @Override
    public ObjectStore store() {
        return new FolderObjectStore(folder);
    }

    @Override
    public Optional<String> read(String path) throws IOException {
        Path file = folder.resolve(path);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    @Override
    public void write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @Override
    public void remove(String path) throws IOException {
        FileTrees.remove(folder.resolve(path));
    }

    @Override
    public List<String> files(String path) throws IOException {
        Path below = folder.resolve(path);
        if (!Files.isDirectory(below)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(below)) {
            return tree.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public List<String> children(String path) throws IOException {
        Path below = folder.resolve(path);
        if (!Files.isDirectory(below)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(below)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() {
        // A test's folder goes with the test.
    }
}
