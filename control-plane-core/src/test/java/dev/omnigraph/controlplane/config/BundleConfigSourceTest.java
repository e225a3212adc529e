package dev.omnigraph.controlplane.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleConfigSourceTest {

    private final ConfigSource source = new BundleConfigSource(
            "sha256:0", Map.of("a.pg", content("inside"), "q/b.gq", content("query"), "q/deep/c.gq", content("deep")));

    @ParameterizedTest
    @ValueSource(strings = {"a.pg", "./a.pg", "q/../a.pg", "q/deep/../../a.pg", ".//a.pg"})
    void everySpellingOfAFileIsRead(String declared) {
        assertThat(source.read(declared, SourceScope.CONFIG_FOLDER))
                .isInstanceOfSatisfying(
                        FileRead.Found.class,
                        found -> assertThat(found.content().text()).contains("inside"));
    }

    /** Improvement I25: a bundle never reaches the machine, whatever the setting. */
    @ParameterizedTest
    @ValueSource(strings = {"/a.pg", "/etc/hostname", "../a.pg", "q/../../a.pg", "missing/../../a.pg"})
    void whatLeadsOutsideIsRefusedInEveryScope(String declared) {
        for (SourceScope scope : SourceScope.values()) {
            assertThat(source.read(declared, scope)).isEqualTo(new FileRead.Outside());
            assertThat(source.list(declared, scope)).isEqualTo(new FolderListing.Outside());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "a.pg/", "a.pg/../a.pg", "missing/../a.pg", "q/b.gq/."})
    void whatAFolderWouldNotFindIsNotFound(String declared) {
        assertThat(source.read(declared, SourceScope.ANYWHERE)).isEqualTo(new FileRead.Unreadable("does not exist"));
    }

    @Test
    void foldersAreListedAndNotRead() {
        assertThat(source.list("", SourceScope.CONFIG_FOLDER)).isEqualTo(new FolderListing.Names(List.of("a.pg", "q")));
        assertThat(source.list("q/", SourceScope.CONFIG_FOLDER))
                .isEqualTo(new FolderListing.Names(List.of("b.gq", "deep")));
        assertThat(source.list("a.pg", SourceScope.CONFIG_FOLDER)).isEqualTo(new FolderListing.NotAFolder());
        assertThat(source.read("q", SourceScope.CONFIG_FOLDER)).isEqualTo(new FileRead.Unreadable("is a folder"));
    }

    @Test
    void pathsAreShownBelowTheGivenRoot() {
        assertThat(source.exists()).isTrue();
        assertThat(source.folder()).isEmpty();
        assertThat(source.displayPath("./a.pg")).isEqualTo("sha256:0/./a.pg");
    }

    private static FileContent content(String text) {
        return FileContent.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
