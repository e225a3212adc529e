package dev.omnigraph.controlplane.archive;

import dev.omnigraph.controlplane.config.FileContent;
import dev.omnigraph.controlplane.digest.Utf8Order;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was found in an archive so far, held against the limits. Used once; not thread-safe. */
final class ArchiveContents {

    private final ArchiveLimits limits;
    private final long archiveBytes;
    private final ArchivePaths paths;
    private final SortedMap<String, FileContent> files = new TreeMap<>(Utf8Order.COMPARATOR);
    private int entries;
    private long totalBytes;

    ArchiveContents(ArchiveLimits limits, long archiveBytes) {
        this.limits = limits;
        this.archiveBytes = archiveBytes;
        this.paths = new ArchivePaths(limits);
    }

    SortedMap<String, FileContent> files() {
        return Collections.unmodifiableSortedMap(files);
    }

    /** Takes so many more entries into account, before they are looked at. */
    void countEntries(int more) throws ArchiveRefusedException {
        entries += more;
        if (entries > limits.maxFiles()) {
            throw new ArchiveRefusedException(
                    ArchiveRule.MAX_FILES, "it has more than " + limits.maxFiles() + " entries");
        }
    }

    /** A folder; only its path matters. */
    void addFolder(String name) throws ArchiveRefusedException {
        paths.addFolder(name);
    }

    /**
     * A file that is still packed.
     *
     * @param size what it says it will have
     * @return its path
     */
    String announce(String name, long size) throws ArchiveRefusedException {
        String path = paths.addFile(name);
        if (size > limits.maxFileBytes()) {
            throw new ArchiveRefusedException(
                    ArchiveRule.MAX_FILE_SIZE,
                    "`" + path + "` has " + size + " bytes; a file has at most " + limits.maxFileBytes());
        }
        totalBytes += size;
        if (totalBytes > limits.maxTotalBytes()) {
            throw new ArchiveRefusedException(
                    ArchiveRule.MAX_TOTAL_SIZE,
                    "its files have more than " + limits.maxTotalBytes() + " bytes together");
        }
        if (totalBytes > ArchiveLimits.RATIO_FREE_BYTES && totalBytes > archiveBytes * limits.maxRatio()) {
            throw new ArchiveRefusedException(
                    ArchiveRule.MAX_RATIO,
                    "its files are more than " + limits.maxRatio() + " times larger than the archive of " + archiveBytes
                            + " bytes");
        }
        return path;
    }

    /** The content of a file that was announced. */
    void add(String path, byte[] content) {
        files.put(path, FileContent.owning(content));
    }
}
