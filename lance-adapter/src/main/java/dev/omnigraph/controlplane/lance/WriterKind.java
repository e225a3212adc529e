package dev.omnigraph.controlplane.lance;

import java.util.Arrays;
import java.util.Optional;

/** What kind of write an engine sidecar belongs to (graph-format.md 6.4). */
enum WriterKind {
    MUTATION("Mutation"),
    LOAD("Load"),
    SCHEMA_APPLY("SchemaApply"),
    BRANCH_MERGE("BranchMerge"),
    ENSURE_INDICES("EnsureIndices"),
    OPTIMIZE("Optimize");

    private final String wire;

    WriterKind(String wire) {
        this.wire = wire;
    }

    /** The spelling of the format. */
    String wire() {
        return wire;
    }

    static Optional<WriterKind> named(String wire) {
        return Arrays.stream(values()).filter(kind -> kind.wire.equals(wire)).findFirst();
    }
}
