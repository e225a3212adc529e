package dev.omnigraph.controlplane.lance.nativelib;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativePlatformTest {

    @ParameterizedTest
    @CsvSource({
        "Linux,      amd64,   linux-x86-64",
        "Linux,      x86_64,  linux-x86-64",
        "Linux,      aarch64, linux-aarch64",
        "Linux,      riscv64, linux-riscv64",
        "Mac OS X,   aarch64, darwin-aarch64",
        "Mac OS X,   x86_64,  darwin-x86-64",
        "Windows 11, amd64,   windows-x86-64",
        "FreeBSD,    amd64,   freebsd-x86-64",
    })
    void foldersAreThoseOfTheJar(String osName, String osArch, String folder) {
        assertThat(NativePlatform.of(osName, osArch).folder()).isEqualTo(folder);
    }
}
