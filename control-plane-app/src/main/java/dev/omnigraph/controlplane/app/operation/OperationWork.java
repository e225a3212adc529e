package dev.omnigraph.controlplane.app.operation;

import dev.omnigraph.controlplane.session.RunListener;
import java.util.Optional;

/** An accepted command: everything it needs was read when it was accepted. */
public interface OperationWork {

    /** {@code apply}, {@code refresh} or {@code import}. */
    String command();

    /** The stored configuration that the work is pinned to; empty for the configuration folder. */
    Optional<String> configuration();

    /** The digest of the desired state that the work is pinned to. */
    Optional<String> configDigest();

    /**
     * Does the work, once, on the thread of the runner.
     *
     * @param listener keeps the operation's record; it throws {@link OperationRecordException} where the record does not
     *     follow, and then nothing further may be changed
     */
    OperationReport run(RunListener listener);
}
