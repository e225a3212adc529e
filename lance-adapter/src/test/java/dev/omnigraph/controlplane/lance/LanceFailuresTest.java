package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures as the present version of Lance words them: another version must not change their meaning unseen. */
class LanceFailuresTest {

    private static final Schema SCHEMA = schema("id");

    @TempDir
    Path folder;

    private static Schema schema(String... columns) {
        return new Schema(List.of(columns).stream()
                .map(name -> Field.notNullable(name, new ArrowType.Utf8()))
                .toList());
    }

    private DatasetLocation at(String name) {
        return new FolderLocation(folder.resolve(name));
    }

    /** Does something with Lance that fails. */
    private interface Attempt {
        void with(LanceDatasets datasets, ManifestReader manifests) throws Exception;
    }

    private static LanceException failure(Attempt attempt) {
        try (RootAllocator allocator = LanceRuntime.start()) {
            LanceDatasets datasets = new LanceDatasets(allocator);
            return catchThrowableOfType(
                    LanceException.class, () -> attempt.with(datasets, new ManifestReader(datasets)));
        }
    }

    @Test
    void aDatasetIsInTheWay() {
        LanceException failure = failure((datasets, manifests) -> {
            datasets.createTable(at("table"), SCHEMA);
            datasets.createTable(at("table"), SCHEMA);
        });

        assertThat(failure.failure()).isEqualTo(LanceFailure.DATASET_EXISTS);
        assertThat(failure).hasMessage("Dataset already exists: " + folder.resolve("table"));
    }

    @Test
    void noDatasetIsThere() {
        LanceException failure = failure((datasets, manifests) -> manifests.read(at("nothing")));

        assertThat(failure.failure()).isEqualTo(LanceFailure.DATASET_MISSING);
    }

    @Test
    void aFileIsInThePlaceOfAFolder() throws Exception {
        Files.writeString(folder.resolve("file"), "");

        LanceException failure = failure((datasets, manifests) -> manifests.read(at("file")));

        assertThat(failure.failure()).isEqualTo(LanceFailure.OTHER);
        assertThat(failure).hasMessageContaining("Not a directory").hasMessageNotContaining(".rs:");
    }

    @Test
    void aSchemaIsRefusedInFewWords() {
        LanceException failure = failure((datasets, manifests) -> datasets.createTable(at("table"), schema("a", "a")));

        assertThat(failure.failure()).isEqualTo(LanceFailure.OTHER);
        assertThat(failure).hasMessageStartingWith("Duplicate field name \"a\" in schema:");
        assertThat(failure.getMessage()).hasSizeLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LanceError(IO): Generic LocalFileSystem error: Unable to open file: Input/output error (os error 5)",
                "LanceError(IO): Generic LocalFileSystem error: Unable to walk dir: Stale file handle (os error 116)",
                "LanceError(IO): Generic LocalFileSystem error: Connection timed out (os error 110)",
                "LanceError(IO): Generic LocalFileSystem error: Host is down (os error 112)",
            })
    void aFileSystemDoesNotAnswer(String message) {
        assertThat(LanceFailures.classify(new IOException(message))).isEqualTo(LanceFailure.STORAGE_UNANSWERED);
        assertThat(LanceFailures.isUnanswered(new IllegalStateException("wrapped", new IOException(message))))
                .isTrue();
    }

    @Test
    void aFileOperationThatDoesNotAnswerIsTheSame() {
        assertThat(LanceFailures.isUnanswered(new FileSystemException("/a", null, "Input/output error")))
                .isTrue();
        assertThat(LanceFailures.isUnanswered(new FileSystemException("/a", null, "Permission denied")))
                .isFalse();
    }
}
