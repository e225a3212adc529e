package dev.omnigraph.controlplane.config;

import java.util.List;

/** What came of listing a folder of a configuration. */
public sealed interface FolderListing {

    /** The names of what lies directly in the folder, bytewise sorted. */
    record Names(List<String> names) implements FolderListing {

        public Names {
            names = List.copyOf(names);
        }
    }

    /** There is no folder of that name; it may be a file, or nothing. */
    record NotAFolder() implements FolderListing {}

    /**
     * The folder is there but cannot be listed.
     *
     * @param reason completes the sentence "the folder …"
     */
    record Unreadable(String reason) implements FolderListing {}

    /** The path leads out of the configuration folder. */
    record Outside() implements FolderListing {}
}
