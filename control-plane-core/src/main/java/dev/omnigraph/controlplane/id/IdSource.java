package dev.omnigraph.controlplane.id;

/** Gives out identifiers that nobody has used before. Thread-safe. */
public interface IdSource {

    /** A new ULID: 26 upper-case Crockford base32 characters. Two of one millisecond may sort either way. */
    String nextUlid();
}
