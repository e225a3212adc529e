package dev.omnigraph.controlplane.config;

/** A text file with the digest of its bytes. */
record TextFile(String text, String digest) {}
