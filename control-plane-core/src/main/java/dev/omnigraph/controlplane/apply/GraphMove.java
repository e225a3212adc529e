package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.ledger.SidecarKind;
import dev.omnigraph.controlplane.plan.ChangeReason;

/** A way to move a graph, and the words for what can come of it (control-plane.md 9.3 to 9.7). */
enum GraphMove {
    CREATE(
            SidecarKind.GRAPH_CREATE,
            "creates",
            DiagnosticCode.GRAPH_CREATE_FAILED,
            DiagnosticCode.GRAPH_CREATE_SKIPPED,
            ChangeReason.GRAPH_CREATE_FAILED) {
        @Override
        ResourceAddress addressOf(String graph) {
            return new ResourceAddress.Graph(graph);
        }
    },
    SCHEMA_APPLY(
            SidecarKind.SCHEMA_APPLY,
            "schemas",
            DiagnosticCode.SCHEMA_APPLY_FAILED,
            DiagnosticCode.SCHEMA_APPLY_SKIPPED,
            ChangeReason.SCHEMA_APPLY_FAILED) {
        @Override
        ResourceAddress addressOf(String graph) {
            return new ResourceAddress.Schema(graph);
        }
    },
    DELETE(
            SidecarKind.GRAPH_DELETE,
            "deletes",
            DiagnosticCode.GRAPH_DELETE_FAILED,
            DiagnosticCode.GRAPH_DELETE_SKIPPED,
            ChangeReason.GRAPH_DELETE_FAILED) {
        @Override
        ResourceAddress addressOf(String graph) {
            return new ResourceAddress.Graph(graph);
        }
    };

    private final SidecarKind sidecarKind;
    private final String phase;
    private final DiagnosticCode failed;
    private final DiagnosticCode skipped;
    private final ChangeReason failure;

    GraphMove(
            SidecarKind sidecarKind,
            String phase,
            DiagnosticCode failed,
            DiagnosticCode skipped,
            ChangeReason failure) {
        this.sidecarKind = sidecarKind;
        this.phase = phase;
        this.failed = failed;
        this.skipped = skipped;
        this.failure = failure;
    }

    /** The resource whose change this is. */
    abstract ResourceAddress addressOf(String graph);

    SidecarKind sidecarKind() {
        return sidecarKind;
    }

    /** The word for people who watch. */
    String phase() {
        return phase;
    }

    /** What is reported when it failed. */
    DiagnosticCode failed() {
        return failed;
    }

    /** What is reported when its turn did not come. */
    DiagnosticCode skipped() {
        return skipped;
    }

    /** Why its change is blocked after it failed. */
    ChangeReason failure() {
        return failure;
    }
}
