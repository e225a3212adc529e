package dev.omnigraph.controlplane.app.campaign;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the engine's own tool comes to something else than this service from what a death left. It is told by what was
 * left, and by what the tool then says, never by which command died. {@code docs/fault-points.md} has the reasons.
 */
enum Deviation {
    DEAD_SCHEMA_APPLY("A dead schema apply holds a graph") {
        @Override
        Set<String> graphs(StoredCluster left) {
            return left.lockedGraphs();
        }

        @Override
        boolean isSaid(String tool) {
            return tool.contains("schema apply is already in progress")
                    || tool.contains("manual coordination is required");
        }
    },
    TABLE_OF_UNDONE_MIGRATION("An undone migration left a table") {
        @Override
        Set<String> graphs(StoredCluster left) {
            return left.recoveredGraphs();
        }

        @Override
        boolean isSaid(String tool) {
            return tool.contains("Dataset already exists");
        }
    },
    DROPS_APPROVED("Drops are approved") {
        @Override
        Set<String> approvals(StoredCluster left) {
            return left.artifacts().keySet().stream()
                    .filter(approval -> left.resourceOf(approval).startsWith("schema."))
                    .collect(Collectors.toSet());
        }
    },
    APPROVAL_KEPT_BACK("An approval is kept back") {
        @Override
        Set<String> graphs(StoredCluster left) {
            return graphsOf(left, approvals(left));
        }

        @Override
        Set<String> approvals(StoredCluster left) {
            return left.keptBack();
        }
    },
    REVOCATION_UNMARKED("A revocation is not marked yet") {
        @Override
        Set<String> graphs(StoredCluster left) {
            return graphsOf(left, approvals(left));
        }

        @Override
        Set<String> approvals(StoredCluster left) {
            return left.revokedUnmarked();
        }
    },
    LEDGER_LOST("The ledger is lost") {
        @Override
        Set<String> approvals(StoredCluster left) {
            return left.ledger().isEmpty() ? left.artifacts().keySet() : Set.of();
        }
    };

    private final String title;

    Deviation(String title) {
        this.title = title;
    }

    /** What it is called where it is documented. */
    String title() {
        return title;
    }

    /** The graphs of which the tool makes something else. */
    Set<String> graphs(StoredCluster left) {
        return Set.of();
    }

    /** The approvals that one uses and the other does not. */
    Set<String> approvals(StoredCluster left) {
        return Set.of();
    }

    /** Whether the tool says so; where there is nothing to say, it may say anything. */
    boolean isSaid(String tool) {
        return true;
    }

    /** All that there are, by what was left and what the tool said. */
    static Set<Deviation> from(StoredCluster left, String tool) {
        return Arrays.stream(values())
                .filter(one ->
                        !one.graphs(left).isEmpty() || !one.approvals(left).isEmpty())
                .filter(one -> one.isSaid(tool))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Deviation.class)));
    }

    private static Set<String> graphsOf(StoredCluster left, Set<String> approvals) {
        return approvals.stream()
                .map(left::resourceOf)
                .map(resource -> resource.substring(resource.indexOf('.') + 1))
                .collect(Collectors.toSet());
    }
}
