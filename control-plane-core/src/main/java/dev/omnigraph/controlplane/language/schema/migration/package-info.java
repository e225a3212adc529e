/**
 * What has to change to bring a graph from one schema to another: a pure function from two canonical forms to a list of
 * steps (schema-language.md 8). Nothing here looks at data.
 */
@NullMarked
package dev.omnigraph.controlplane.language.schema.migration;

import org.jspecify.annotations.NullMarked;
