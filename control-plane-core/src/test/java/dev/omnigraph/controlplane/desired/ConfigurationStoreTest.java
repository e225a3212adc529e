package dev.omnigraph.controlplane.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.archive.ArchiveFormat;
import dev.omnigraph.controlplane.archive.ArchiveLimits;
import dev.omnigraph.controlplane.archive.ConfigurationArchive;
import dev.omnigraph.controlplane.config.FileContent;
import dev.omnigraph.controlplane.desired.ConfigurationStore.Storing;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigurationStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Map<String, FileContent> FILES =
            Map.of("cluster.yaml", content("version: 1\n"), "q/b.gq", content(""), "q/a.gq", content("query a() {}"));

    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final ConfigurationStore store = new ConfigurationStore(objects);

    @Test
    void itsNameIsTheDigestOfPathsAndDigests() {
        String listed = "cluster.yaml\0" + Sha256.hex("version: 1\n") + "\0q/a.gq\0" + Sha256.hex("query a() {}")
                + "\0q/b.gq\0" + Sha256.hex("") + "\0";

        assertThat(ConfigurationStore.nameOf(FILES).text()).isEqualTo("sha256:" + Sha256.hex(listed));
    }

    @Test
    void whatIsStoredIsReadAgain() throws Exception {
        StoredConfiguration stored = ((Storing.Created) store()).configuration();

        assertThat(store.names()).containsExactly(stored.name());
        assertThat(store.find(stored.name())).contains(stored);
        assertThat(stored.files()).extracting(StoredFile::path).containsExactly("cluster.yaml", "q/a.gq", "q/b.gq");
        assertThat(stored.bytes()).isEqualTo("version: 1\nquery a() {}".length());
        assertThat(ConfigurationStore.nameOf(store.contents(stored))).isEqualTo(stored.name());
        byte[] zip = ConfigurationArchive.zip(store.contents(stored));
        assertThat(ConfigurationStore.nameOf(ConfigurationArchive.read(zip, ArchiveFormat.ZIP, ArchiveLimits.DEFAULT)))
                .isEqualTo(stored.name());
    }

    @Test
    void anInterruptedStoringIsNoConfigurationAndIsGoneOnWith() {
        objects.disturb((call, key) -> key.name().equals("files.json") && call == StoreCall.PUT_IF_ABSENT
                ? StoreFault.REQUEST_LOST
                : StoreFault.NONE);
        assertThat(store()).isInstanceOf(Storing.Failed.class);
        objects.calm();
        assertThat(store.find(name())).isEmpty();

        assertThat(store()).isInstanceOf(Storing.Created.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreFault.class,
            names = {"REQUEST_LOST", "REFUSED"})
    void aStoreThatTakesNothingIsReported(StoreFault fault) {
        objects.disturb((call, key) -> call == StoreCall.PUT_IF_ABSENT ? fault : StoreFault.NONE);

        assertThat(store()).isInstanceOf(Storing.Failed.class);
    }

    @Test
    void anAnswerThatGotLostIsNoFailure() {
        objects.disturbOnce(StoreCall.PUT_IF_ABSENT, key("files.json"), StoreFault.ANSWER_LOST);

        assertThat(store()).isInstanceOf(Storing.Created.class);
    }

    @Test
    void damagedContentIsNotHandedOutAndIsReplacedByStoringAgain() {
        StoredConfiguration stored = ((Storing.Created) store()).configuration();
        overwrite(key("content"), "version: 2\nquery a() {}");
        assertThatThrownBy(() -> store.contents(stored))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageContaining("cluster.yaml");

        objects.delete(key("files.json"));
        assertThat(store()).isInstanceOf(Storing.Created.class);
        assertThat(ConfigurationStore.nameOf(store.contents(stored))).isEqualTo(stored.name());
    }

    @Test
    void aListThatIsNotTheOneOfItsNameIsNotUsed() {
        store();
        GetOutcome.Found found = (GetOutcome.Found) objects.get(key("files.json"));
        overwrite(key("files.json"), found.object().text().orElseThrow().replace("q/a.gq", "q/c.gq"));

        assertThatThrownBy(() -> store.find(name())).isInstanceOf(StorageUnavailableException.class);
    }

    @Test
    void whatIsNamedStaysAndWhatIsNotIsRemoved() {
        store();

        assertThat(store.removeUnlessNamed(name(), Set.of(name()))).isEmpty();
        assertThat(store.find(name())).isPresent();
        assertThat(store.removeUnlessNamed(name(), Set.of())).isEmpty();
        assertThat(store.names()).isEmpty();
        assertThat(store()).isInstanceOf(Storing.Created.class);
    }

    @Test
    void whatAnInterruptedRemovalLeftIsMendedByStoringItAgainOrRemovedByTheNext() {
        store();
        objects.disturb((call, key) -> key.path().endsWith("files.json") ? StoreFault.REQUEST_LOST : StoreFault.NONE);
        assertThat(store.removeUnlessNamed(name(), Set.of())).isPresent();
        objects.calm();
        StoredConfiguration left = store.find(name()).orElseThrow();
        assertThatThrownBy(() -> store.contents(left)).hasMessageContaining("store it again");

        assertThat(store()).isInstanceOf(Storing.Existing.class);

        assertThat(store.contents(left)).containsOnlyKeys(FILES.keySet());
        assertThat(store.removeUnlessNamed(name(), Set.of())).isEmpty();
        assertThat(store.names()).isEmpty();
    }

    @Test
    void aStoreThatDoesNotAnswerIsNotTakenForNothingThere() {
        objects.disturb((call, key) -> StoreFault.REQUEST_LOST);

        assertThatThrownBy(() -> store.find(name())).isInstanceOf(StorageUnavailableException.class);
        assertThatThrownBy(store::names).isInstanceOf(StorageUnavailableException.class);
    }

    private Storing store() {
        return store.store(FILES, Optional.of("alice"), NOW);
    }

    private void overwrite(ObjectKey key, String text) {
        objects.delete(key);
        objects.putIfAbsent(key, text.getBytes(StandardCharsets.UTF_8));
    }

    private static ConfigurationName name() {
        return ConfigurationStore.nameOf(FILES);
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("__control/configurations/" + name().hex() + "/" + name);
    }

    private static FileContent content(String text) {
        return FileContent.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
