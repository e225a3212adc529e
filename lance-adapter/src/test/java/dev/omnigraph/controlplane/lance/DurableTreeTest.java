package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableTreeTest {

    private static final int MORE_THAN_WAIT_AT_A_TIME = 1500;

    @TempDir
    Path folder;

    @Test
    void aFileThatCannotBeForcedIsAFailure() throws Exception {
        Files.createDirectories(folder.resolve("a/b"));
        Path dangling = Files.createSymbolicLink(folder.resolve("a/b/link"), folder.resolve("gone"));
        try (DurableTree durable = new DurableTree()) {
            assertThatThrownBy(() -> durable.force(folder))
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessage(dangling.toString());
        }
    }

    @Test
    void aFolderThatIsNotThereIsAFailure() {
        try (DurableTree durable = new DurableTree()) {
            assertThatThrownBy(() -> durable.force(folder.resolve("gone"))).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void aTreeMayHaveMoreFilesThanTheQueue() throws Exception {
        for (int file = 0; file < MORE_THAN_WAIT_AT_A_TIME; file++) {
            Files.createFile(folder.resolve("file" + file));
        }
        try (DurableTree durable = new DurableTree()) {
            assertThatCode(() -> durable.force(folder)).doesNotThrowAnyException();
        }
    }
}
