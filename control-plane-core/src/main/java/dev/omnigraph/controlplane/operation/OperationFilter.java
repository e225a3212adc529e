package dev.omnigraph.controlplane.operation;

import java.util.Optional;

/** Which operations a page is about. Empty parts let everything through. */
public record OperationFilter(Optional<OperationState> state, Optional<String> command) {

    /** Every operation. */
    public static OperationFilter all() {
        return new OperationFilter(Optional.empty(), Optional.empty());
    }

    boolean admits(OperationRecord operation) {
        return state.map(wanted -> wanted == operation.state()).orElse(true)
                && command.map(wanted -> wanted.equals(operation.submission().command()))
                        .orElse(true);
    }
}
