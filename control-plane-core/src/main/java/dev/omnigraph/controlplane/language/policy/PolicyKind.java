package dev.omnigraph.controlplane.language.policy;

/** What a bundle is loaded for, and what an action is about (policy.md 3). The loader decides, not the file. */
public enum PolicyKind {
    GRAPH("a graph"),
    SERVER("the server");

    private final String noun;

    PolicyKind(String noun) {
        this.noun = noun;
    }

    /** For messages: {@code a graph}. */
    String noun() {
        return noun;
    }
}
