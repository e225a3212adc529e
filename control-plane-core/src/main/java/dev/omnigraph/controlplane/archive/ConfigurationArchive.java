package dev.omnigraph.controlplane.archive;

import dev.omnigraph.controlplane.config.ClusterConfigLoader;
import dev.omnigraph.controlplane.config.FileContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Archives of a configuration folder. */
public final class ConfigurationArchive {

    /** The earliest that a zip archive can say. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private ConfigurationArchive() {}

    /**
     * The files by their paths, in the order of the paths. Folders without files are not kept.
     *
     * @param bytes the whole archive
     * @throws ArchiveRefusedException where it breaks a rule, before anything beyond a limit is unpacked
     */
    public static SortedMap<String, FileContent> read(byte[] bytes, ArchiveFormat format, ArchiveLimits limits)
            throws ArchiveRefusedException {
        ArchiveContents contents = new ArchiveContents(limits, bytes.length);
        switch (format) {
            case ZIP -> new ZipReader(bytes, contents).read();
            case TAR_GZIP -> new TarReader(new GzipStream(bytes), contents).read();
        }
        SortedMap<String, FileContent> files = contents.files();
        requireClusterYaml(files);
        return files;
    }

    /** The same bytes for the same files: a zip archive that unpacks to them. */
    public static byte[] zip(SortedMap<String, FileContent> files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, FileContent> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(NO_TIME);
                zip.putNextEntry(entry);
                zip.write(file.getValue().bytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void requireClusterYaml(SortedMap<String, FileContent> files) throws ArchiveRefusedException {
        String name = ClusterConfigLoader.FILE;
        if (files.containsKey(name)) {
            return;
        }
        Optional<String> deeper = files.keySet().stream()
                .filter(path -> path.endsWith("/" + name))
                .findFirst();
        throw new ArchiveRefusedException(
                ArchiveRule.CLUSTER_YAML,
                "there is no " + name + " at its top"
                        + deeper.map(path -> ", but `" + path + "`: pack what is in that folder, not the folder itself")
                                .orElse(""));
    }
}
