package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableTreeTest {

    private static final int MANY_TIMES = 300;
    private static final int MORE_THAN_WAIT_AT_A_TIME = 1500;

    @TempDir
    Path folder;

    @Test
    void aFileThatCannotBeForcedIsAFailure() throws Exception {
        Files.createDirectories(folder.resolve("a/b"));
        Path dangling = Files.createSymbolicLink(folder.resolve("a/b/link"), folder.resolve("gone"));
        try (DurableTree durable = new DurableTree()) {
            assertThatThrownBy(() -> durable.force(new FolderLocation(folder)))
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessage(dangling.toString());
        }
    }

    @Test
    void whatWasThereBeforeIsNotForcedAgain() throws Exception {
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("target"));
        Files.createFile(folder.resolve("target"));
        try (DurableTree durable = new DurableTree()) {
            DurableTree.Known before = durable.known(new FolderLocation(folder));
            Files.delete(folder.resolve("target"));

            assertThat(before.files()).containsExactlyInAnyOrder(folder.resolve("link"), folder.resolve("target"));
            assertThat(durable.known(new FolderLocation(folder.resolve("gone"))).files())
                    .isEmpty();
            assertThatCode(() -> durable.forceNew(new FolderLocation(folder), before))
                    .doesNotThrowAnyException();
        }
    }

    /** Other writers of a dataset make files and rename or remove them at any time. */
    @Test
    void whatGoesAwayMeanwhileIsPassedOver() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Thread other = new Thread(() -> {
            while (!done.get()) {
                try {
                    Files.delete(Files.createTempFile(folder, ".tmp", ""));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        other.start();
        try (DurableTree durable = new DurableTree()) {
            for (int time = 0; time < MANY_TIMES; time++) {
                assertThat(durable.known(new FolderLocation(folder)).files()).hasSizeLessThanOrEqualTo(1);
                durable.force(new FolderLocation(folder));
            }
        } finally {
            done.set(true);
            other.join();
        }
    }

    @Test
    void whereNothingIsThereIsNothingToForce() {
        try (DurableTree durable = new DurableTree()) {
            assertThatCode(() -> durable.force(new FolderLocation(folder.resolve("gone"))))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aTreeMayHaveMoreFilesThanTheQueue() throws Exception {
        for (int file = 0; file < MORE_THAN_WAIT_AT_A_TIME; file++) {
            Files.createFile(folder.resolve("file" + file));
        }
        try (DurableTree durable = new DurableTree()) {
            assertThatCode(() -> durable.force(new FolderLocation(folder))).doesNotThrowAnyException();
        }
    }
}
