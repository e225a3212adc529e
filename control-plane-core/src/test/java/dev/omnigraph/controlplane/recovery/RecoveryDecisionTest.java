package dev.omnigraph.controlplane.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.digest.ResourceAddress;
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
        "GRAPH_DELETE, absent,  none,   KeepUndecided,  7-8",
        "GRAPH_DELETE, wanted,  wanted, KeepUndecided,  7-8",
    })
    void decides(SidecarKind kind, String observed, String recorded, String decision, String row) {
        RecoveryDecision decided = RecoveryDecision.of(sidecar(kind), observation(observed), ledger(recorded));
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
                Optional.empty());
    }
}
