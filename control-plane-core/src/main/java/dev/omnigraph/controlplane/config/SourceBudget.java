package dev.omnigraph.controlplane.config;

import java.util.Optional;

/** Counts what one request has read against the limits. Not thread-safe. */
final class SourceBudget {

    private final SourceLimits limits;
    private int files;
    private long bytes;

    SourceBudget(SourceLimits limits) {
        this.limits = limits;
    }

    SourceLimits limits() {
        return limits;
    }

    /** Counts one more file; where that exceeds a limit, the reason why the file is not taken. */
    Optional<String> take(long size) {
        if (size > limits.maxFileBytes()) {
            return Optional.of("is larger than the limit of " + limits.maxFileBytes() + " bytes");
        }
        if (files >= limits.maxFiles()) {
            return Optional.of("is one more than the limit of " + limits.maxFiles() + " files in a configuration");
        }
        if (bytes + size > limits.maxTotalBytes()) {
            return Optional.of("exceeds the limit of " + limits.maxTotalBytes() + " bytes for a whole configuration");
        }
        files++;
        bytes += size;
        return Optional.empty();
    }
}
