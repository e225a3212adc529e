package dev.omnigraph.controlplane.config;

/** What came of reading a file of a configuration. */
public sealed interface FileRead {

    /** The file was read. */
    record Found(FileContent content) implements FileRead {}

    /**
     * The file is missing or cannot be read.
     *
     * @param reason completes the sentence "the file …": {@code does not exist}
     */
    record Unreadable(String reason) implements FileRead {}

    /** The path leads out of the configuration folder; nothing was read, and nothing is said about what is there. */
    record Outside() implements FileRead {}
}
