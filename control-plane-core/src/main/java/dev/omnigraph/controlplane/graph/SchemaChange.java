package dev.omnigraph.controlplane.graph;

import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import java.util.Optional;

/**
 * A migration that is wanted for a graph.
 *
 * @param desiredSource stored byte for byte as {@code _schema.pg}
 * @param expectedDigest the bare SHA-256 of the schema source that the migration was planned from; where the graph has
 *     another by now, nothing is done
 * @param dropMode what becomes of the data that drops leave behind
 * @param actor recorded in the graph's commit
 */
public record SchemaChange(String desiredSource, String expectedDigest, DropMode dropMode, Optional<String> actor) {}
