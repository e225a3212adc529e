package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sidecars below a graph's root (graph-format.md 6.4). */
class RecoverySidecarsTest {

    @TempDir
    Path folder;

    private Path recovery;
    private RecoverySidecars sidecars;

    @BeforeEach
    void below() {
        recovery = folder.resolve("g.omni/__recovery");
        sidecars = new RecoverySidecars(
                new GraphTexts(new FolderObjectStore(folder), new ObjectKey("g.omni")), FaultPoints.NONE);
    }

    private static RecoverySidecar sidecar(String operationId) {
        return new RecoverySidecar(
                2,
                operationId,
                "1795373309534983",
                Optional.empty(),
                Optional.of("ada"),
                WriterKind.LOAD,
                List.of(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    @Test
    void theyAreListedOldestFirstUntilTheyAreDeleted() throws Exception {
        assertThat(sidecars.list()).isEmpty();
        RecoverySidecars.Stored second = sidecars.write(sidecar("01M829D7JYQMF3YVF5BSPQH683"));
        RecoverySidecars.Stored first = sidecars.write(sidecar("01M829D798E99EHKNB4MGXYZJC"));
        Files.writeString(recovery.resolve("notes.txt"), "no sidecar");

        assertThat(sidecars.list()).containsExactly(first, second);
        assertThat(recovery.resolve("01M829D798E99EHKNB4MGXYZJC.json"))
                .hasContent(first.sidecar().text());
        assertThatThrownBy(() -> sidecars.write(sidecar("01M829D798E99EHKNB4MGXYZJC")))
                .isInstanceOf(IOException.class);

        assertThat(sidecars.contains(first)).isTrue();
        sidecars.delete(first);
        sidecars.delete(first);
        assertThat(sidecars.contains(first)).isFalse();
        assertThat(sidecars.list()).containsExactly(second);
    }

    /** It may be about any table, so nothing can be said of the others either. */
    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "{\"schema_version\": 3}"})
    void oneThatCannotBeReadFailsThemAll(String text) throws Exception {
        RecoverySidecars.Stored good = sidecars.write(sidecar("01M829D798E99EHKNB4MGXYZJC"));
        Files.writeString(recovery.resolve("01M829D7JYQMF3YVF5BSPQH683.json"), text);

        assertThatThrownBy(sidecars::list)
                .isInstanceOf(RecoveryStuckException.class)
                .hasMessageContaining("__recovery/01M829D7JYQMF3YVF5BSPQH683.json");
        assertThat(sidecars.contains(good)).isTrue();
    }

    @Test
    void moreThanTheLimitAreNotBegun() throws Exception {
        Files.createDirectories(recovery);
        for (int number = 0; number <= RecoverySidecars.MAX_SIDECARS; number++) {
            Files.createFile(recovery.resolve(number + ".json"));
        }

        assertThatThrownBy(sidecars::list)
                .isInstanceOf(RecoveryStuckException.class)
                .hasMessageContaining("1001 sidecars");
    }
}
