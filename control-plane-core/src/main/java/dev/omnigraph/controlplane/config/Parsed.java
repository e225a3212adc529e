package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;

/** What parsing a text came to; it says nothing about where the text was found. */
sealed interface Parsed<T> {

    /** The text is one of its language. */
    record Usable<T>(T value) implements Parsed<T> {}

    /** The text is none; the first error in it. */
    record Refused<T>(DiagnosticCode code, String reason) implements Parsed<T> {}
}
