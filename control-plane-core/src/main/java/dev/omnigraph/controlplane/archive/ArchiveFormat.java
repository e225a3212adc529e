package dev.omnigraph.controlplane.archive;

/** The kinds of archives that are read. */
public enum ArchiveFormat {
    ZIP,
    TAR_GZIP
}
