package dev.omnigraph.controlplane.app.stream;

import java.io.Flushable;
import java.util.Optional;

/** The reader of a stream. Flushing sends him what was written. */
public interface StreamClient extends Flushable {

    /** The last event that he saw before, if he comes back. */
    Optional<String> lastEventId();

    /** Whether his credentials still count. */
    boolean isLetIn();
}
