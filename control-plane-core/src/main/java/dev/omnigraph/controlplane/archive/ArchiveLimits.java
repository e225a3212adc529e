package dev.omnigraph.controlplane.archive;

import dev.omnigraph.controlplane.config.SourceLimits;

/**
 * How much an archive may hold.
 *
 * @param maxFiles entries, folders counted too
 * @param maxFileBytes the largest single file, unpacked
 * @param maxTotalBytes all files together, unpacked
 * @param maxRatio how many times larger all files together may be than the archive; not asked of the first
 *     {@link #RATIO_FREE_BYTES}
 * @param maxDepth segments of a path
 * @param maxPathBytes of a path in UTF-8
 */
public record ArchiveLimits(
        int maxFiles, long maxFileBytes, long maxTotalBytes, int maxRatio, int maxDepth, int maxPathBytes) {

    /** So much may be unpacked of any archive: a small text of the same words over and over packs very well. */
    public static final long RATIO_FREE_BYTES = 1L << 20;

    /** What may be read from a folder may be stored: 20 000 files, 4 MiB each, 64 MiB together; a hundredfold; 16 deep. */
    public static final ArchiveLimits DEFAULT = new ArchiveLimits(
            SourceLimits.DEFAULT.maxFiles(),
            SourceLimits.DEFAULT.maxFileBytes(),
            SourceLimits.DEFAULT.maxTotalBytes(),
            100,
            16,
            512);
}
