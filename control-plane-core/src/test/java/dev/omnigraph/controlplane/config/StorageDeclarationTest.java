package dev.omnigraph.controlplane.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.storage.StorageRoot;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageDeclarationTest {

    private static final Optional<Path> FOLDER = Optional.of(Path.of("/srv/config"));

    @ParameterizedTest
    @CsvSource({
        "s3://bucket, s3://bucket",
        "s3://bucket/prefix//, s3://bucket/prefix",
        "' s3://bucket/a b/ ', s3://bucket/a b",
        "/srv/cluster, /srv/cluster",
        "/srv/cluster///, /srv/cluster",
        "/, /",
        "///, /",
        "/srv/a#b?c%d, /srv/a#b?c%d",
        "file:///srv/cluster/, file:///srv/cluster",
        "file:///, file:///"
    })
    void absoluteRootsAreNormalised(String declared, String normalised) {
        StorageDeclaration storage = StorageDeclaration.of(declared, FOLDER);

        assertThat(storage.problem()).isEmpty();
        assertThat(storage.normalised()).contains(normalised);
        assertThat(StorageRoot.parse(normalised)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\u00a0", "s3://", "s3:////"})
    void nothingToStoreInIsRefused(String declared) {
        StorageDeclaration storage = StorageDeclaration.of(declared, FOLDER);

        assertThat(storage.problem()).isPresent();
        assertThat(storage.normalised()).isEmpty();
    }

    /** Improvement I17. */
    @ParameterizedTest
    @CsvSource({
        "store, /srv/config/store",
        "./store/, /srv/config/store",
        "../store, /srv/config/../store",
        "S3://bucket, /srv/config/S3://bucket",
        "file://store, /srv/config/store"
    })
    void aRelativeRootIsRefusedWithItsAbsoluteForm(String declared, String absolute) {
        StorageDeclaration storage = StorageDeclaration.of(declared, FOLDER);

        assertThat(storage.normalised()).isEmpty();
        assertThat(storage.problem().orElseThrow()).contains("`" + declared + "`", "write `" + absolute + "`");
    }

    @Test
    void aBundleHasNoFolderToStartFrom() {
        assertThat(StorageDeclaration.of("store", Optional.empty()).problem().orElseThrow())
                .contains("write `/absolute/path/to/store`");
    }
}
