package dev.omnigraph.controlplane.operation;

import java.time.Instant;
import java.util.Optional;

/**
 * An admin's word that nothing is to be changed.
 *
 * @param actor who said so; empty where nobody was known by name
 * @param reason for those whose commands are refused
 */
public record Freeze(Optional<String> actor, String reason, Instant since) {

    /** A reason has at most so many characters. */
    public static final int MAX_REASON = 1000;
}
