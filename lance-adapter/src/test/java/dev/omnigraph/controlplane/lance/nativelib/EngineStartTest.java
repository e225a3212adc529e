package dev.omnigraph.controlplane.lance.nativelib;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lance.Dataset;

/** Starts of the real library in processes of their own. */
class EngineStartTest {

    private static final String OPEN_BUFFERS = "--add-opens=java.base/java.nio=ALL-UNNAMED";
    private static final String CREATED = "Created[manifestVersion=3]";
    private static final int RACERS = 3;

    @TempDir
    Path folder;

    private ChildJvm start(String graph, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("-D" + NativeLibraries.CACHE_PROPERTY + "=" + folder.resolve("native"));
        return ChildJvm.start(all, EngineProcess.class, folder.resolve("store"), graph);
    }

    private List<Path> libraries() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("native"))) {
            return files.filter(file -> file.toString().contains("lance_jni")).toList();
        }
    }

    @Test
    void racingFirstStartsUnpackOnceAndLaterStartsNotAtAll() throws Exception {
        List<ChildJvm> racers = new ArrayList<>();
        for (int racer = 0; racer < RACERS; racer++) {
            racers.add(start("racer" + racer, OPEN_BUFFERS));
        }
        for (ChildJvm racer : racers) {
            assertThat(racer.awaitLine()).isEqualTo(CREATED);
            assertThat(racer.awaitExit()).isZero();
        }
        assertThat(libraries()).hasSize(1);
        Path library = libraries().get(0);
        Object inode = Files.getAttribute(library, "unix:ino");
        FileTime unpackedAt = Files.getLastModifiedTime(library);

        try (ChildJvm later = start("later", OPEN_BUFFERS)) {
            assertThat(later.awaitLine()).isEqualTo(CREATED);
        }

        assertThat(libraries()).containsExactly(library);
        assertThat(Files.getAttribute(library, "unix:ino")).isEqualTo(inode);
        assertThat(Files.getLastModifiedTime(library)).isEqualTo(unpackedAt);
    }

    @Test
    void withoutOpenBuffersItSaysWhichOptionIsMissing() {
        try (ChildJvm process = start("people")) {
            assertThat(process.awaitLine())
                    .startsWith("unsupported: Arrow needs")
                    .contains(OPEN_BUFFERS);
        }
    }

    @Test
    void onAPlatformWithoutNativeCodeItSaysWhichAreSupported() {
        try (ChildJvm process = start("people", OPEN_BUFFERS, "-Dos.arch=riscv64")) {
            assertThat(process.awaitLine())
                    .startsWith("unsupported: Lance has no native code for linux-riscv64")
                    .contains("Linux on x86-64 or aarch64 with glibc 2.28");
        }
    }

    @Test
    void inAFolderOfOthersItSaysWhichPropertyMovesIt() throws Exception {
        Files.createDirectories(
                folder.resolve("native/lance-7.0.0-" + NativePlatform.current().folder()));
        Files.setPosixFilePermissions(
                folder.resolve("native/lance-7.0.0-" + NativePlatform.current().folder()),
                PosixFilePermissions.fromString("rwxrwxrwx"));

        try (ChildJvm process = start("people", OPEN_BUFFERS)) {
            assertThat(process.awaitLine())
                    .startsWith("unsupported: the native library of Lance cannot be kept in")
                    .contains("can be written by other users")
                    .contains("-D" + NativeLibraries.CACHE_PROPERTY);
        }
    }

    @Test
    void whereTheLibraryCannotBeLoadedItSaysWhatMayBeTheReason() throws Exception {
        try (ChildJvm first = start("first", OPEN_BUFFERS)) {
            assertThat(first.awaitLine()).isEqualTo(CREATED);
        }
        Path library = libraries().get(0);
        Files.write(library, new byte[(int) Files.size(library)]);

        try (ChildJvm process = start("second", OPEN_BUFFERS)) {
            assertThat(process.awaitLine())
                    .startsWith("unsupported: the native library of Lance, " + library + ", cannot be loaded")
                    .contains("glibc");
        }
    }

    @Test
    void theVersionInTheFoldersNameIsThatOfTheJar() {
        String jar = Dataset.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();

        assertThat(jar).endsWith("/lance-core-" + NativeLibraries.LANCE_VERSION + ".jar");
    }
}
