package dev.omnigraph.controlplane.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.ledger.GraphRemoval;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerEntry;
import dev.omnigraph.controlplane.ledger.Sidecar;
import dev.omnigraph.controlplane.ledger.SidecarKind;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decision matrix: every kind, every observation, every state of the ledger. */
class RecoveryDecisionTest {

    private static final String APPROVAL = "01KT0000000000000000000007";

    @ParameterizedTest
    @CsvSource({
        "GRAPH_CREATE, absent,  none,   Retire,         1",
        "GRAPH_CREATE, absent,  wanted, Retire,         1",
        "GRAPH_CREATE, absent,  other,  Retire,         1",
        "GRAPH_CREATE, broken,  none,   KeepIncomplete, 5",
        "GRAPH_CREATE, broken,  wanted, KeepIncomplete, 5",
        "GRAPH_CREATE, broken,  other,  KeepIncomplete, 5",
        "GRAPH_CREATE, wanted,  none,   RollForward,    4",
        "GRAPH_CREATE, wanted,  wanted, Retire,         2",
        "GRAPH_CREATE, wanted,  other,  RollForward,    4",
        "GRAPH_CREATE, other,   none,   KeepDrifted,    6",
        "GRAPH_CREATE, other,   wanted, KeepDrifted,    6",
        "GRAPH_CREATE, other,   other,  Retire,         2",
        "SCHEMA_APPLY, absent,  none,   KeepUndecided,  6",
        "SCHEMA_APPLY, absent,  wanted, KeepUndecided,  6",
        "SCHEMA_APPLY, absent,  other,  KeepUndecided,  6",
        "SCHEMA_APPLY, broken,  none,   KeepUndecided,  6",
        "SCHEMA_APPLY, broken,  wanted, KeepUndecided,  6",
        "SCHEMA_APPLY, broken,  other,  KeepUndecided,  6",
        "SCHEMA_APPLY, wanted,  none,   RollForward,    3",
        "SCHEMA_APPLY, wanted,  wanted, Retire,         1 or 2",
        "SCHEMA_APPLY, wanted,  other,  RollForward,    3",
        "SCHEMA_APPLY, other,   none,   KeepDrifted,    6",
        "SCHEMA_APPLY, other,   wanted, KeepDrifted,    6",
        "SCHEMA_APPLY, other,   other,  Retire,         1 or 2",
    })
    void decides(SidecarKind kind, String observed, String recorded, String decision, String row) {
        RecoveryDecision decided = RecoveryDecision.of(sidecar(kind), observation(observed), ledger(recorded));
        assertThat(decided.getClass().getSimpleName()).isEqualTo(decision);
        assertThat(decided.row()).isEqualTo(row);
    }

    /** What is where, how far the delete came, whose it is; whether the ledger has the graph, and the use of the approval. */
    @ParameterizedTest
    @CsvSource({
        // at the root: a delete of ours goes on or is given up by an apply, a foreign one is given up at once
        "root,       not begun, foreign, graph,    unused, GiveUp,        8",
        "root,       not begun, foreign, no graph, unused, GiveUp,        8",
        "root,       not begun, foreign, no graph, used,   GiveUp,        8",
        "root,       not begun, ours,    graph,    unused, Resume,        8",
        "root,       not begun, ours,    no graph, unused, Resume,        8",
        "root,       begun,     ours,    graph,    unused, Resume,        8",
        "root,       begun,     foreign, graph,    unused, Resume,        8",
        // moved aside and not yet compared: never taken for gone
        "aside,      not begun, ours,    graph,    unused, Resume,        8",
        "aside,      not begun, ours,    no graph, unused, Resume,        8",
        "aside,      not begun, foreign, graph,    unused, Resume,        8",
        // moved aside, compared, and being removed: for everybody else the graph is gone
        "aside,      begun,     ours,    graph,    unused, RecordRemoval, 7b",
        "aside,      begun,     ours,    no graph, unused, RecordRemoval, 7b",
        "aside,      begun,     ours,    no graph, used,   Retire,        7",
        // gone
        "nothing,    not begun, foreign, graph,    unused, RecordRemoval, 7b",
        "nothing,    not begun, foreign, no graph, unused, Retire,        7",
        "nothing,    not begun, foreign, no graph, used,   Retire,        7",
        "nothing,    not begun, ours,    graph,    unused, RecordRemoval, 7b",
        "nothing,    begun,     ours,    graph,    unused, RecordRemoval, 7b",
        "nothing,    begun,     ours,    no graph, unused, RecordRemoval, 7b",
        "nothing,    begun,     ours,    no graph, used,   Retire,        7",
        // two graphs, of which only one is the approved one
        "both,       not begun, ours,    graph,    unused, KeepUndecided, 8",
        "both,       begun,     ours,    graph,    unused, KeepUndecided, 8",
        "both,       begun,     ours,    no graph, used,   KeepUndecided, 8",
    })
    void decidesOnDeletes(
            String place,
            String progress,
            String whose,
            String recorded,
            String approval,
            String decision,
            String row) {
        Ledger.Editor ledger = Ledger.EMPTY.edit();
        if (recorded.equals("graph")) {
            ledger.putEntry(new ResourceAddress.Graph("g"), LedgerEntry.of("d"));
        }
        if (approval.equals("used")) {
            ledger.putApprovalRecord(APPROVAL, GraphRemoval.consumption("2026-06-10T10:00:00Z", "apply"));
        }

        RecoveryDecision decided = RecoveryDecision.of(
                sidecar(SidecarKind.GRAPH_DELETE),
                new RootObservation.Deletion(
                        place.equals("root") || place.equals("both"),
                        place.equals("aside") || place.equals("both"),
                        progress.equals("begun"),
                        whose.equals("ours")),
                ledger.build());

        assertThat(decided.getClass().getSimpleName()).isEqualTo(decision);
        assertThat(decided.row()).isEqualTo(row);
    }

    private static RootObservation observation(String word) {
        return switch (word) {
            case "absent" -> new RootObservation.Absent();
            case "broken" -> new RootObservation.NotOpenable("no manifest");
            default -> new RootObservation.Opened(word);
        };
    }

    private static Ledger ledger(String digest) {
        return digest.equals("none")
                ? Ledger.EMPTY
                : Ledger.EMPTY
                        .edit()
                        .putEntry(new ResourceAddress.Schema("g"), LedgerEntry.of(digest))
                        .build();
    }

    private static Sidecar sidecar(SidecarKind kind) {
        return new Sidecar(
                "01KT0000000000000000000000",
                "2026-06-10T10:00:00Z",
                Optional.empty(),
                kind,
                "g",
                "/srv/cluster/graphs/g.omni",
                OptionalLong.empty(),
                OptionalLong.empty(),
                "wanted",
                Optional.empty(),
                kind == SidecarKind.GRAPH_DELETE ? Optional.of(APPROVAL) : Optional.empty());
    }
}
