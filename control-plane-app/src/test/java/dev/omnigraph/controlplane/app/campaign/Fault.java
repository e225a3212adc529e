package dev.omnigraph.controlplane.app.campaign;

/** What happens to a service at a fault point. */
enum Fault {
    /** Its process halts. */
    HALT("halt"),
    /** Its process halts, and the next one halts while it recovers. */
    HALT_TWICE("halt-twice"),
    /** The effect is done and its answer is lost. */
    LOST_ANSWER("lost-answer"),
    /** The point fails. */
    ERROR("error");

    private final String wire;

    Fault(String wire) {
        this.wire = wire;
    }

    String wire() {
        return wire;
    }
}
