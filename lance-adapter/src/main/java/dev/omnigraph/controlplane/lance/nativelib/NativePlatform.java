package dev.omnigraph.controlplane.lance.nativelib;

import java.util.Locale;

/** The operating system and processor of this process, spelled as the folders of lance-core's jar spell them. */
record NativePlatform(String system, String processor) {

    /** What lance-core {@value NativeLibraries#LANCE_VERSION} carries code for. */
    static final String SUPPORTED = "Linux on x86-64 or aarch64 with glibc 2.28 or newer, macOS on Apple silicon";

    static NativePlatform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static NativePlatform of(String osName, String osArch) {
        return new NativePlatform(system(osName), processor(osArch));
    }

    /** The folder of the jar, such as {@code linux-x86-64}. */
    String folder() {
        return system + "-" + processor;
    }

    private static String system(String osName) {
        String name = osName.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return "darwin";
        }
        return name.startsWith("windows") ? "windows" : name.replace(' ', '-');
    }

    private static String processor(String osArch) {
        return switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x86-64";
            case "arm64", "aarch64" -> "aarch64";
            default -> osArch.toLowerCase(Locale.ROOT);
        };
    }
}
