package dev.omnigraph.controlplane.document;

/** What a conditional write of a document came to. */
public sealed interface DocumentWrite<T> {

    record Stored<T>(DocumentRead.Found<T> document) implements DocumentWrite<T> {}

    /** The condition did not hold; nothing was written. */
    record Lost<T>(DocumentRead<T> present) implements DocumentWrite<T> {}

    /** The store refused; nothing was written. */
    record Refused<T>(String reason) implements DocumentWrite<T> {}

    /** Neither success nor failure is certain. */
    record Unknown<T>(String reason) implements DocumentWrite<T> {}
}
