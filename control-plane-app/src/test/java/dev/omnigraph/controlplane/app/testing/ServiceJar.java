package dev.omnigraph.controlplane.app.testing;

import dev.omnigraph.controlplane.app.ControlPlaneApplication;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** A jar that is started like the packaged one, before there is one: it names the classes that are being tested. */
public final class ServiceJar {

    private ServiceJar() {}

    /** Writes it, and the folders above it. */
    public static Path write(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, ControlPlaneApplication.class.getName());
        attributes.put(Attributes.Name.CLASS_PATH, classPath());
        attributes.put(new Attributes.Name("Add-Opens"), "java.base/java.nio");
        attributes.put(new Attributes.Name("Enable-Native-Access"), "ALL-UNNAMED");
        Files.createDirectories(jar.getParent());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream written = new JarOutputStream(out, manifest)) {
            written.finish();
        }
        return jar;
    }

    /** Without the classes and the settings of tests. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith("test-classes"))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
    }
}
