package dev.omnigraph.controlplane.lance;

/** What a failure of Lance means to this module. */
enum LanceFailure {
    /** A dataset is where one was to be created. */
    DATASET_EXISTS,
    /** No dataset is where one was to be opened. */
    DATASET_MISSING,
    /** Another writer committed the same rows first; nothing was written. */
    CONTENTION,
    /** The storage below did not do its work; what is stored is not known. */
    STORAGE_UNANSWERED,
    /** Anything else: damaged files, refused schemas, defects. */
    OTHER
}
