package dev.omnigraph.controlplane.language.query;

/** What a property is set to or compared with: a literal, a parameter, or the time of the run. */
public sealed interface Value extends Expression permits Literal, Variable, Expression.Now {}
