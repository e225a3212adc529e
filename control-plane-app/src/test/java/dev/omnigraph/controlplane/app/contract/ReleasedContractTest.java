package dev.omnigraph.controlplane.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.api.ApiDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The contract beside the one that was released last ({@code openapi/released}): it breaks no client, or its version says
 * that it does.
 */
class ReleasedContractTest {

    private static final Path RELEASED = Path.of("../openapi/released");

    private final Contract present = new Contract(ApiDocument.load().json());

    @Test
    void theContractKeepsWhatWasReleasedOrItsVersionSaysOtherwise() throws IOException {
        Contract last = released().get(released().size() - 1);
        List<String> breaks = ContractBreaks.between(last, present);

        if (!version(present).mayBreak(version(last))) {
            assertThat(breaks)
                    .as(
                            "what breaks clients of %s; take it back, or give the document a version that says so",
                            last.version())
                    .isEmpty();
        }
    }

    @Test
    void versionsGoUp() throws IOException {
        assertThat(version(present))
                .isGreaterThanOrEqualTo(version(released().get(released().size() - 1)));
    }

    @Test
    void everyReleaseIsKeptUnderItsVersion() throws IOException {
        try (Stream<Path> files = Files.list(RELEASED)) {
            assertThat(files.toList())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file.getFileName())
                            .hasToString("control-plane-" + read(file).version() + ".yaml"));
        }
    }

    @Test
    void everythingInItIsCompared() {
        assertThat(ContractBreaks.notUnderstood(present)).isEmpty();
    }

    /** The oldest first. */
    private static List<Contract> released() throws IOException {
        try (Stream<Path> files = Files.list(RELEASED)) {
            return files.map(ReleasedContractTest::read)
                    .sorted(Comparator.comparing(ReleasedContractTest::version))
                    .toList();
        }
    }

    private static Contract read(Path file) {
        try {
            return new Contract(ApiDocument.parse(Files.readString(file)).json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ContractVersion version(Contract contract) {
        return ContractVersion.of(contract.version());
    }
}
