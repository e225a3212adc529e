package dev.omnigraph.controlplane.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.parallel.Workers;
import dev.omnigraph.controlplane.storage.CountingObjectStore;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of the catalog, and what need not be. */
class CatalogCheckTest {

    private static final int COPIES = 5;

    private final MemoryObjectStore memory = new MemoryObjectStore();
    private final CountingObjectStore counted = new CountingObjectStore(memory);
    private final CatalogCheck check = check(counted);
    private final Ledger ledger = publish(memory);

    private static CatalogCheck check(ObjectStore store) {
        return new CatalogCheck(store, new CatalogMemory(), new Workers(Runnable::run));
    }

    @Test
    void whatIsFoundWholeIsNotReadAgainWhileItsTagStays() {
        assertThat(check.states(ledger).values()).hasOnlyElementsOfType(Catalog.BlobState.Intact.class);
        assertThat(counted.calls(StoreCall.GET)).isEqualTo(COPIES);
        assertThat(counted.calls()).isEqualTo(COPIES);
        counted.reset();

        assertThat(check.states(ledger).values()).hasOnlyElementsOfType(Catalog.BlobState.Intact.class);

        assertThat(counted.calls(StoreCall.TREE)).isEqualTo(1);
        assertThat(counted.calls()).isEqualTo(1);
    }

    @Test
    void whatChangedOrIsGoneIsLookedAt() {
        check.states(ledger);
        memory.delete(key(0));
        memory.delete(key(1));
        memory.putIfAbsent(key(1), "something else".getBytes(UTF_8));
        counted.reset();

        assertThat(check.states(ledger))
                .containsEntry(address(0), new Catalog.BlobState.Missing())
                .containsEntry(address(1), new Catalog.BlobState.Altered());

        assertThat(counted.calls(StoreCall.GET)).isEqualTo(2);
        assertThat(check.states(ledger)).containsEntry(address(1), new Catalog.BlobState.Altered());
    }

    @Test
    void aVerificationReadsEveryCopy() {
        check.states(ledger);
        counted.reset();

        assertThat(check.run(ledger)).isEmpty();

        assertThat(counted.calls(StoreCall.GET)).isEqualTo(COPIES);
    }

    /** The stamps of a folder say that a file was written, and not what. */
    @Test
    void aFolderIsAlwaysReadAndListedInVainOnce(@TempDir Path folder) {
        FolderObjectStore files = new FolderObjectStore(folder);
        CountingObjectStore countedFiles = new CountingObjectStore(files);
        CatalogCheck ofFolder = check(countedFiles);
        Ledger stored = publish(files);
        for (int i = 0; i < 3; i++) {
            ofFolder.states(stored);
        }

        assertThat(countedFiles.calls(StoreCall.GET)).isEqualTo(3 * COPIES);
        assertThat(countedFiles.calls(StoreCall.TREE)).isEqualTo(1);
    }

    private static Ledger publish(ObjectStore store) {
        Ledger.Editor editor = Ledger.EMPTY.edit();
        IntStream.range(0, COPIES).forEach(i -> {
            editor.putEntry(address(i), LedgerEntry.of(digest(i)));
            store.putIfAbsent(key(i), text(i).getBytes(UTF_8));
        });
        return editor.build();
    }

    private static String text(int i) {
        return "query q" + i + "() {}";
    }

    private static String digest(int i) {
        return Sha256.hex(text(i));
    }

    private static ResourceAddress.Query address(int i) {
        return new ResourceAddress.Query("people", "q" + i);
    }

    private static ObjectKey key(int i) {
        return ControlKeys.blob(address(i), digest(i));
    }
}
