package dev.omnigraph.controlplane.apply;

/** The graph is not any more what a decision was made on. Nothing of it was moved by us. */
final class GraphMovedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    GraphMovedException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** What it is about, for people. */
    String reason() {
        return reason;
    }
}
