/**
 * The language of stored queries: parser, syntax tree and static checks (query-language.md).
 *
 * <p>The parser accepts what the engine accepts, limits on size and nesting apart.
 */
@NullMarked
package dev.omnigraph.controlplane.language.query;

import org.jspecify.annotations.NullMarked;
