/**
 * The schema language: from a {@code .pg} source to its declarations, the catalog that queries are checked against, and
 * the canonical form that is hashed and stored with a graph (schema-language.md 1 to 7).
 */
@NullMarked
package dev.omnigraph.controlplane.language.schema;

import org.jspecify.annotations.NullMarked;
