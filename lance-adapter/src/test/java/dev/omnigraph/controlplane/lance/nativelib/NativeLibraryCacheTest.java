package dev.omnigraph.controlplane.lance.nativelib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache with a small library, in folders of each kind. */
class NativeLibraryCacheTest {

    private static final String ENTRY = "nativelib/linux-x86-64/libsmall.so";
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    @TempDir
    Path folder;

    private Path cache;

    @BeforeEach
    void nameTheCache() {
        cache = folder.resolve("cache/lance");
    }

    private NativeResource library(String content) throws IOException {
        Path jar = folder.resolve("library.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(ENTRY));
            out.write(content.getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
        URL url = URI.create("jar:" + jar.toUri() + "!/" + ENTRY).toURL();
        return NativeResource.at(url);
    }

    private Path provide(NativeResource library) throws IOException {
        return new NativeLibraryCache(cache).provide(library);
    }

    private List<String> cached() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".lock"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aLibraryIsUnpackedForThisUserOnly() throws Exception {
        Path unpacked = provide(library("native code"));

        assertThat(unpacked).hasContent("native code");
        assertThat(unpacked.getFileName().toString()).matches("libsmall-[0-9a-f]{8}-11\\.so");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(unpacked)))
                .isEqualTo("rwx------");
    }

    @Test
    void whatIsThereIsUsedAsItIs() throws Exception {
        NativeResource library = library("native code");
        Path first = provide(library);
        Files.setLastModifiedTime(first, LONG_AGO);

        Path second = provide(library);

        assertThat(second).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(second)).isEqualTo(LONG_AGO);
    }

    @Test
    void anotherContentHasAnotherName() throws Exception {
        Path first = provide(library("native code"));
        Path second = provide(library("native cope"));

        assertThat(first).hasContent("native code");
        assertThat(second).hasContent("native cope");
    }

    @Test
    void aFileOfAnotherSizeIsUnpackedAgain() throws Exception {
        NativeResource library = library("native code");
        Path cut = provide(library);
        Files.writeString(cut, "native");

        assertThat(provide(library)).isEqualTo(cut).hasContent("native code");
    }

    @Test
    void whatAProcessLeftUnfinishedIsRemoved() throws Exception {
        NativeResource library = library("native code");
        Files.createDirectories(cache, PRIVATE);
        Files.writeString(cache.resolve(library.cachedName() + ".unfinished"), "nat");
        Files.writeString(cache.resolve("libother-00000000-1.so.unfinished"), "");

        provide(library);

        assertThat(cached()).containsExactly(library.cachedName());
    }

    @Test
    void aWaitForAProcessThatHangsEnds() throws Exception {
        NativeResource library = library("native code");
        Files.createDirectories(cache, PRIVATE);
        try (FileChannel hanging =
                        FileChannel.open(cache.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = hanging.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThatThrownBy(() -> new NativeLibraryCache(cache, 5).provide(library))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another process has been unpacking there for more than 5 ms");
        }
        assertThat(provide(library)).hasContent("native code");
    }

    @Test
    void aFolderThatOthersCanWriteIsNotUsed() throws Exception {
        NativeResource library = library("native code");
        provide(library);
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> provide(library))
                .isInstanceOf(IOException.class)
                .hasMessage(cache + " can be written by other users");
    }

    @Test
    void aLibraryThatOthersCanWriteIsNotUsed() throws Exception {
        NativeResource library = library("native code");
        Path unpacked = provide(library);
        Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwx-w----"));

        assertThatThrownBy(() -> provide(library)).hasMessage(unpacked + " can be written by other users");
    }

    @Test
    void aLinkToAFolderIsNotUsed() throws Exception {
        Files.createDirectories(cache.getParent());
        Files.createDirectories(folder.resolve("elsewhere"));
        Files.createSymbolicLink(cache, folder.resolve("elsewhere"));

        assertThatThrownBy(() -> provide(library("native code")))
                .hasMessageContaining(cache.toString())
                .hasMessageContaining("symbolic link");
    }

    @Test
    void aFolderThatCannotBeMadeSaysSo() throws Exception {
        Files.writeString(folder.resolve("cache"), "a file");

        assertThatThrownBy(() -> provide(library("native code"))).isInstanceOf(IOException.class);
    }

    @Test
    void aLibraryOutsideAJarIsNotTaken() throws Exception {
        Path file = Files.writeString(folder.resolve("libsmall.so"), "native code");

        assertThatThrownBy(() -> NativeResource.at(file.toUri().toURL())).hasMessageContaining("is not inside a jar");
    }
}
