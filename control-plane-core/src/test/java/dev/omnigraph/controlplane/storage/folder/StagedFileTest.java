package dev.omnigraph.controlplane.storage.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedFileTest {

    private static final byte[] BYTES = {1, 2, 3};

    @TempDir
    private Path folder;

    private Path target;

    @BeforeEach
    void chooseATarget() {
        target = folder.resolve("state.json");
    }

    @Test
    void untilItIsPublishedItIsCertainlyUnpublished() throws IOException {
        try (StagedFile staged = stage()) {
            assertThat(staged.isCertainlyUnpublished()).isTrue();
            Files.write(target, BYTES);
            assertThat(staged.isCertainlyUnpublished()).isTrue();
            assertThatThrownBy(staged::publishNew).isInstanceOf(FileAlreadyExistsException.class);
            assertThat(staged.isCertainlyUnpublished()).isTrue();
        }
        assertThat(folder.toFile().list()).containsExactly("state.json");
    }

    @Test
    void onceItHasItsNameNothingIsCertainAnyMore() throws IOException {
        try (StagedFile staged = stage()) {
            staged.publishNew();
            assertThat(staged.isCertainlyUnpublished()).isFalse();
        }
        try (StagedFile staged = stage()) {
            staged.publishOver();
            assertThat(staged.isCertainlyUnpublished()).isFalse();
        }
        assertThat(folder.toFile().list()).containsExactly("state.json");
    }

    private StagedFile stage() throws IOException {
        return StagedFile.write(target, BYTES, RandomGenerator.getDefault());
    }
}
