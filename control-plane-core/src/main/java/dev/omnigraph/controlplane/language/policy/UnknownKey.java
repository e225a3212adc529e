package dev.omnigraph.controlplane.language.policy;

import dev.omnigraph.controlplane.language.SourcePosition;
import java.util.Optional;

/**
 * A key that the format does not have. The engine ignores it, so a misspelt condition silently widens a grant.
 *
 * @param path from the top of the bundle: {@code rules[0].allow.branch_scop}
 * @param meant the key that was probably meant
 */
public record UnknownKey(String path, SourcePosition position, Optional<String> meant) {}
