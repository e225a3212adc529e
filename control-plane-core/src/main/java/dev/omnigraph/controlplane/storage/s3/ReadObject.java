package dev.omnigraph.controlplane.storage.s3;

import dev.omnigraph.controlplane.storage.GetOutcome;
import java.util.Optional;

/**
 * What reading one object came to, and which write made it.
 *
 * @param writeId the id that this service gave the write; empty where another program wrote it, or nothing was read
 */
record ReadObject(GetOutcome outcome, Optional<String> writeId) {

    static ReadObject unread(GetOutcome outcome) {
        return new ReadObject(outcome, Optional.empty());
    }
}
