package dev.omnigraph.controlplane.config;

/**
 * How much one configuration may hold. What exceeds a limit counts as unreadable, with the limit in the reason.
 *
 * @param maxFileBytes the largest single file
 * @param maxFiles distinct files read for one request
 * @param maxTotalBytes all files of one request together
 * @param maxFolderEntries entries of one folder that is listed
 */
public record SourceLimits(long maxFileBytes, int maxFiles, long maxTotalBytes, int maxFolderEntries) {

    /** 4 MiB a file, 20 000 files, 64 MiB together, 10 000 entries in a folder. */
    public static final SourceLimits DEFAULT = new SourceLimits(4L << 20, 20_000, 64L << 20, 10_000);
}
