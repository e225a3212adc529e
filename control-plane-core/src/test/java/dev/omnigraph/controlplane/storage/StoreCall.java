package dev.omnigraph.controlplane.storage;

/** The kinds of call on an {@link ObjectStore}, for tests that count or disturb them. */
public enum StoreCall {
    GET,
    PUT_IF_ABSENT,
    CLAIM,
    PUT_IF_MATCH,
    DELETE_IF_MATCH,
    DELETE,
    LIST,
    EXISTS,
    TREE,
    MOVE,
    REMOVE_TREE
}
