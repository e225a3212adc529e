package dev.omnigraph.controlplane.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderConfigSourceTest {

    private static final FileRead OUTSIDE = new FileRead.Outside();

    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        folder = Files.createDirectories(parent.resolve("config"));
        Files.createDirectories(folder.resolve("queries"));
        Files.writeString(folder.resolve("a.pg"), "inside");
        Files.writeString(folder.resolve("queries/b.gq"), "query");
        Files.writeString(parent.resolve("secret"), "outside");
        Files.createDirectories(parent.resolve("other"));
        Files.writeString(parent.resolve("other/c.gq"), "outside");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.pg", "./a.pg", "queries/../a.pg", ".//a.pg", "../config/a.pg"})
    void everySpellingOfAFileInsideIsRead(String declared) {
        assertThat(textOf(new FolderConfigSource(folder).read(declared, SourceScope.CONFIG_FOLDER)))
                .isEqualTo("inside");
    }

    @Test
    void anAbsolutePathInsideIsRead() {
        String declared = folder.resolve("a.pg").toString();
        ConfigSource source = new FolderConfigSource(folder);

        assertThat(textOf(source.read(declared, SourceScope.CONFIG_FOLDER))).isEqualTo("inside");
        assertThat(source.displayPath(declared)).isEqualTo(declared);
    }

    @Test
    void shownPathsKeepTheDeclaredSpelling() {
        assertThat(new FolderConfigSource(Path.of("some/dir")).displayPath("./people.pg"))
                .isEqualTo("some/dir/./people.pg");
        assertThat(new FolderConfigSource(Path.of(".")).displayPath("q//a.gq")).isEqualTo("./q//a.gq");
        assertThat(new FolderConfigSource(Path.of("/")).displayPath("a.gq")).isEqualTo("/a.gq");
    }

    /** Improvement I25. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "../missing",
                "queries/../../secret",
                "link",
                "linked-folder/c.gq",
                "linked-folder/missing",
                "linked-folder/../secret",
                "dangling",
                "loop/../../secret"
            })
    void whatLeadsOutsideIsRefusedWhetherOrNotItExists(String declared) throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), parent.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("linked-folder"), Path.of("../other"));
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("../nowhere/at-all"));

        assertThat(new FolderConfigSource(folder).read(declared, SourceScope.CONFIG_FOLDER))
                .isEqualTo(OUTSIDE);
    }

    @Test
    void anAbsolutePathOutsideIsRefusedUnlessAllowed() {
        String declared = parent.resolve("secret").toString();
        ConfigSource source = new FolderConfigSource(folder);

        assertThat(source.read(declared, SourceScope.CONFIG_FOLDER)).isEqualTo(OUTSIDE);
        assertThat(textOf(source.read(declared, SourceScope.ANYWHERE))).isEqualTo("outside");
        assertThat(source.read(declared, SourceScope.CONFIG_FOLDER)).isEqualTo(OUTSIDE);
    }

    @Test
    void foldersOutsideAreNotListed() {
        ConfigSource source = new FolderConfigSource(folder);

        assertThat(source.list("../other", SourceScope.CONFIG_FOLDER)).isEqualTo(new FolderListing.Outside());
        assertThat(source.list("../other", SourceScope.ANYWHERE)).isEqualTo(namesOf("c.gq"));
    }

    @Test
    void linksThatStayInsideAreFollowed() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.pg"), Path.of("queries/../a.pg"));
        Files.createSymbolicLink(folder.resolve("more"), folder.resolve("queries"));
        Path linkToFolder = Files.createSymbolicLink(parent.resolve("link-to-config"), folder);
        ConfigSource source = new FolderConfigSource(linkToFolder);

        assertThat(textOf(source.read("link.pg", SourceScope.CONFIG_FOLDER))).isEqualTo("inside");
        assertThat(textOf(source.read("more/b.gq", SourceScope.CONFIG_FOLDER))).isEqualTo("query");
        assertThat(source.list("more", SourceScope.CONFIG_FOLDER)).isEqualTo(namesOf("b.gq"));
    }

    @Test
    void whatCannotBeReadSaysWhy() throws IOException {
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("not-there"));
        Files.createSymbolicLink(folder.resolve("circle"), Path.of("circle"));
        ConfigSource source = new FolderConfigSource(folder);

        assertThat(reasonOf(source.read("missing", SourceScope.CONFIG_FOLDER))).isEqualTo("does not exist");
        assertThat(reasonOf(source.read("dangling", SourceScope.CONFIG_FOLDER))).isEqualTo("does not exist");
        assertThat(reasonOf(source.read("queries", SourceScope.CONFIG_FOLDER))).isEqualTo("is a folder");
        assertThat(reasonOf(source.read("", SourceScope.CONFIG_FOLDER))).isEqualTo("is a folder");
        assertThat(reasonOf(source.read("a.pg/", SourceScope.CONFIG_FOLDER))).startsWith("cannot be reached (");
        assertThat(reasonOf(source.read("a.pg/x", SourceScope.CONFIG_FOLDER))).startsWith("cannot be reached (");
        assertThat(reasonOf(source.read("circle", SourceScope.CONFIG_FOLDER))).startsWith("cannot be reached (");
        assertThat(reasonOf(source.read("a\0b", SourceScope.CONFIG_FOLDER))).startsWith("cannot exist");
        assertThat(reasonOf(source.read("/dev/null", SourceScope.ANYWHERE))).isEqualTo("is not a regular file");
    }

    @Test
    void onlyFoldersAreListed() {
        ConfigSource source = new FolderConfigSource(folder);

        assertThat(source.list("", SourceScope.CONFIG_FOLDER)).isEqualTo(namesOf("a.pg", "queries"));
        assertThat(source.list("queries/", SourceScope.CONFIG_FOLDER)).isEqualTo(namesOf("b.gq"));
        assertThat(source.list("a.pg", SourceScope.CONFIG_FOLDER)).isEqualTo(new FolderListing.NotAFolder());
        assertThat(source.list("missing", SourceScope.CONFIG_FOLDER)).isEqualTo(new FolderListing.NotAFolder());
    }

    @Test
    void aFileIsReadOnceForEachSource() throws IOException {
        ConfigSource source = new FolderConfigSource(folder);
        source.read("a.pg", SourceScope.CONFIG_FOLDER);
        Files.writeString(folder.resolve("a.pg"), "changed");

        assertThat(textOf(source.read("queries/../a.pg", SourceScope.CONFIG_FOLDER)))
                .isEqualTo("inside");
        assertThat(textOf(new FolderConfigSource(folder).read("a.pg", SourceScope.CONFIG_FOLDER)))
                .isEqualTo("changed");
    }

    @Test
    void limitsAreReasonsNotToRead() {
        assertThat(reasonOf(limited(new SourceLimits(5, 9, 99, 9)).read("a.pg", SourceScope.CONFIG_FOLDER)))
                .isEqualTo("is larger than the limit of 5 bytes");

        ConfigSource oneFile = limited(new SourceLimits(9, 1, 99, 9));
        assertThat(textOf(oneFile.read("a.pg", SourceScope.CONFIG_FOLDER))).isEqualTo("inside");
        assertThat(reasonOf(oneFile.read("queries/b.gq", SourceScope.CONFIG_FOLDER)))
                .isEqualTo("is one more than the limit of 1 files in a configuration");
        assertThat(textOf(oneFile.read("a.pg", SourceScope.CONFIG_FOLDER))).isEqualTo("inside");

        ConfigSource tenBytes = limited(new SourceLimits(9, 9, 10, 9));
        tenBytes.read("a.pg", SourceScope.CONFIG_FOLDER);
        assertThat(reasonOf(tenBytes.read("queries/b.gq", SourceScope.CONFIG_FOLDER)))
                .isEqualTo("exceeds the limit of 10 bytes for a whole configuration");

        assertThat(limited(new SourceLimits(9, 9, 99, 1)).list("", SourceScope.CONFIG_FOLDER))
                .isEqualTo(new FolderListing.Unreadable("has more entries than the limit of 1"));
    }

    @Test
    void theDefaultLimitsAreThese() {
        assertThat(SourceLimits.DEFAULT).isEqualTo(new SourceLimits(4_194_304, 20_000, 67_108_864, 10_000));
    }

    @Test
    void aFolderExistsOrNot() {
        assertThat(new FolderConfigSource(folder).exists()).isTrue();
        assertThat(new FolderConfigSource(folder.resolve("a.pg")).exists()).isFalse();
        assertThat(new FolderConfigSource(folder.resolve("missing")).exists()).isFalse();
    }

    private ConfigSource limited(SourceLimits limits) {
        return new FolderConfigSource(folder, limits);
    }

    private static FolderListing namesOf(String... names) {
        return new FolderListing.Names(List.of(names));
    }

    private static String textOf(FileRead read) {
        assertThat(read).isInstanceOf(FileRead.Found.class);
        return new String(((FileRead.Found) read).content().bytes(), StandardCharsets.UTF_8);
    }

    private static String reasonOf(FileRead read) {
        assertThat(read).isInstanceOf(FileRead.Unreadable.class);
        return ((FileRead.Unreadable) read).reason();
    }
}
