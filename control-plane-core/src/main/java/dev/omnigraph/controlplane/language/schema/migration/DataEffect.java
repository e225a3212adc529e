package dev.omnigraph.controlplane.language.schema.migration;

/**
 * What one step of a migration does to rows that are there. Steps on one table share a single rewriting of it, and each
 * of them shows the whole.
 *
 * @param rowsRewritten rows that are written anew
 * @param bytesRewritten what these rows take in data files and blobs now; references to blobs elsewhere do not count
 * @param rowsLosingValue rows of a dropped type, or rows with a value in a dropped property
 */
public record DataEffect(long rowsRewritten, long bytesRewritten, long rowsLosingValue) {

    /** Of steps that touch no row. */
    public static final DataEffect NONE = new DataEffect(0, 0, 0);
}
