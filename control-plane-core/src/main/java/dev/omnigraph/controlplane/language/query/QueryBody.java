package dev.omnigraph.controlplane.language.query;

/** What a query does: it reads or it writes, never both. */
public sealed interface QueryBody permits ReadBody, WriteBody {}
