package dev.omnigraph.controlplane.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.MemoryGraphEngine;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.instance.Presence;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.ResourceStatus;
import dev.omnigraph.controlplane.ledger.SidecarKind;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandSettings;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The decision matrix, every kind by every observation by every state of the ledger: rows 1 to 8 with 7b of the design.
 * Each combination is asked of the pure function, and carried out by the sweep on what is really stored. The last column
 * says whose decision it is where it is not literally the design's:
 *
 * <ul>
 *   <li>{@code digest}: the design compares versions; the engine's own tool, and this service with it, compares the digest of
 *       the schema at the root with the one in the ledger and the one in the sidecar. So row 1, nothing moved, and row 2,
 *       recorded already, are one for schema applies, and a graph that was created otherwise than intended, but is
 *       recorded, is row 2
 *   <li>{@code tool}: the design does not say, the engine's own tool does. A graph that a schema apply is about and that does
 *       not open is kept like row 6, without a status. A delete of the tool's that did not remove anything is given up and
 *       planned anew instead of kept (row 8)
 *   <li>{@code I7}: a delete of this service is gone on with under its sidecar; an approval that the ledger has as used tells
 *       that what used it was recorded, whatever stands at the root since
 *   <li>{@code I5}: so it does of a migration whose drops an approval made hard, which the tool records without the approval
 *   <li>{@code aside}: this service moves a graph aside before it deletes it. As long as it was not compared there, nothing
 *       is removed; another graph at its root meanwhile is nothing that anybody decides without a person
 * </ul>
 */
class RecoveryMatrixTest {

    private static final String GRAPH = Situation.GRAPH;
    private static final String OPERATION = Situation.OPERATION;
    private static final String APPROVAL = Situation.APPROVAL;
    private static final Instant NOW = Instant.parse("2026-06-10T10:00:00Z");

    /**
     * The conditions: the sidecar's kind; what stands at the root, {@code third} being a schema that neither sidecar nor
     * ledger knows; the schema that the ledger has, {@code lost} where it has only the graph, as after a refresh that
     * could not look. What follows: the decision and its row, what becomes of the ledger and of the sidecar, the finding, and
     * who says so.
     */
    private static final DecisionTable CREATES_AND_SCHEMA_APPLIES = new DecisionTable(
            List.of(
                    List.of("graph_create", "schema_apply"),
                    List.of("absent", "broken", "intended", "other", "third"),
                    List.of("none", "lost", "intended", "other")),
            """
            graph_create | absent         | any                   | Retire         | 1      | same           | retired | -                               | -
            graph_create | broken         | any                   | KeepIncomplete | 5      | error          | kept    | graph_create_incomplete         | -
            graph_create | intended       | intended              | Retire         | 2      | same           | retired | -                               | digest
            graph_create | intended       | none / lost / other   | RollForward    | 4      | rolled forward | retired | cluster_recovery_rolled_forward | -
            graph_create | other          | other                 | Retire         | 2      | same           | retired | -                               | digest
            graph_create | other          | none / lost / intended| KeepDrifted    | 6      | drifted        | kept    | cluster_recovery_pending        | digest
            graph_create | third          | any                   | KeepDrifted    | 6      | drifted        | kept    | cluster_recovery_pending        | digest
            schema_apply | absent / broken| any                   | KeepUndecided  | 6      | same           | kept    | cluster_recovery_pending        | tool
            schema_apply | intended       | intended              | Retire         | 1 or 2 | same           | retired | -                               | digest
            schema_apply | intended       | none / lost / other   | RollForward    | 3      | rolled forward | retired | cluster_recovery_rolled_forward | digest
            schema_apply | other          | other                 | Retire         | 1 or 2 | same           | retired | -                               | digest
            schema_apply | other          | none / lost / intended| KeepDrifted    | 6      | drifted        | kept    | cluster_recovery_pending        | digest
            schema_apply | third          | any                   | KeepDrifted    | 6      | drifted        | kept    | cluster_recovery_pending        | digest
            """);

    /**
     * The conditions: where something of the graph is; whether its removal had begun, after it was found to be what was
     * approved; what is known of the sidecar's approval, {@code reserved} being deletes of this service; whether the
     * ledger has the graph. What follows is as above; {@code left} is what an apply goes on with or gives up.
     */
    private static final DecisionTable DELETES = new DecisionTable(
            List.of(
                    List.of("root", "aside", "both", "nowhere"),
                    List.of("not begun", "begun"),
                    List.of("reserved", "reserved, used", "open", "used", "not named"),
                    List.of("recorded", "not recorded")),
            """
            any     | any       | reserved, used / used       | any          | Retire        | 7  | same    | retired | -                               | I7
            root    | not begun | reserved                    | any          | Resume        | 8  | same    | left    | graph_delete_incomplete         | I7
            root    | not begun | open / not named            | any          | GiveUp        | 8  | same    | retired | graph_delete_incomplete         | tool
            root    | begun     | reserved / open / not named | any          | Resume        | 8  | same    | left    | graph_delete_incomplete         | I7
            aside   | not begun | reserved / open / not named | any          | Resume        | 8  | same    | left    | graph_delete_incomplete         | aside
            both    | any       | reserved / open / not named | any          | KeepUndecided | 8  | same    | kept    | cluster_recovery_pending        | aside
            aside   | begun     | reserved                    | any          | RecordRemoval | 7b | removed | retired | cluster_recovery_rolled_forward | aside
            nowhere | any       | reserved                    | any          | RecordRemoval | 7b | removed | retired | cluster_recovery_rolled_forward | I7
            aside   | begun     | open / not named            | recorded     | RecordRemoval | 7b | removed | retired | cluster_recovery_rolled_forward | aside
            nowhere | any       | open / not named            | recorded     | RecordRemoval | 7b | removed | retired | cluster_recovery_rolled_forward | -
            aside   | begun     | open / not named            | not recorded | Retire        | 7  | same    | retired | -                               | aside
            nowhere | any       | open / not named            | not recorded | Retire        | 7  | same    | retired | -                               | -
            """);

    /**
     * Schema applies whose drops an approval made hard. The conditions: whether the ledger records the use of the approval;
     * the others, and what follows, are as for every schema apply.
     */
    private static final DecisionTable HARD_DROPS = new DecisionTable(
            List.of(
                    List.of("unused", "used"),
                    List.of("absent", "broken", "intended", "other", "third"),
                    List.of("none", "lost", "intended", "other")),
            """
            used   | any             | any                    | Retire        | 1 or 2 | same           | retired | -                               | I5
            unused | absent / broken | any                    | KeepUndecided | 6      | same           | kept    | cluster_recovery_pending        | tool
            unused | intended        | any                    | RollForward   | 3      | rolled forward | retired | cluster_recovery_rolled_forward | I5
            unused | other           | other                  | Retire        | 1 or 2 | same           | retired | -                               | digest
            unused | other           | none / lost / intended | KeepDrifted   | 6      | drifted        | kept    | cluster_recovery_pending        | digest
            unused | third           | any                    | KeepDrifted   | 6      | drifted        | kept    | cluster_recovery_pending        | digest
            """);

    private final MemoryObjectStore store = new MemoryObjectStore();

    static Stream<Arguments> rows() {
        return Stream.concat(
                CREATES_AND_SCHEMA_APPLIES.rows().map(row -> Arguments.of(row.getKey(), row.getValue())),
                Stream.concat(rows(Situation.HARD_DROP, HARD_DROPS), rows("graph_delete", DELETES)));
    }

    @Test
    void everyRowOfTheDesignIsThere() {
        assertThat(rows().map(row -> ((List<?>) row.get()[1]).get(1).toString()).distinct())
                .containsExactlyInAnyOrder("1", "2", "1 or 2", "3", "4", "5", "6", "7", "7b", "8");
    }

    private static Stream<Arguments> rows(String first, DecisionTable table) {
        return table.rows()
                .map(row -> Arguments.of(
                        Stream.concat(Stream.of(first), row.getKey().stream()).toList(), row.getValue()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isDecidedAndCarriedOut(List<String> conditions, List<String> consequences) {
        Situation situation = Situation.of(conditions);

        RecoveryDecision decision =
                RecoveryDecision.of(situation.sidecar(), situation.observation(), situation.ledger());
        assertThat(List.of(decision.getClass().getSimpleName(), decision.row())).isEqualTo(consequences.subList(0, 2));
        assertThat(decision.why()).isNotBlank();
        assertThat(consequences.get(5)).isIn("-", "digest", "tool", "I5", "I7", "aside");
        assertThat(RecoveryDecision.of(situation.sidecar().expecting(7), situation.observation(), situation.ledger()))
                .as("versions decide nothing")
                .isEqualTo(decision);

        situation.store(store);
        Sweep.Result swept = sweep(situation.ledger());
        assertThat(swept.examined()).extracting(Sweep.Examined::decision).containsExactly(Optional.of(decision));
        assertThat(List.of(
                        ledgerThen(situation.ledger(), swept.ledger()),
                        sidecarThen(swept),
                        swept.diagnostics().isEmpty()
                                ? "-"
                                : swept.diagnostics().get(0).code().wire()))
                .isEqualTo(consequences.subList(2, 5));
        boolean use =
                (decision instanceof RecoveryDecision.RecordRemoval || decision instanceof RecoveryDecision.RollForward)
                        && situation.sidecar().approvalId().isPresent();
        assertThat(swept.ledger().approvalRecords().containsKey(APPROVAL))
                .isEqualTo(use || situation.ledger().approvalRecords().containsKey(APPROVAL));
        assertThat(swept.diagnostics()).hasSizeLessThan(2);
        assertThat(swept.unattributed()).isFalse();
    }

    /** What cannot be understood may be about any graph, and nothing is made of it. */
    @ParameterizedTest
    @MethodSource("unreadable")
    void whatCannotBeReadIsKeptAndHoldsEveryGraph(byte[] content) {
        put(ControlKeys.sidecar(OPERATION), content);

        Sweep.Result swept = sweep(Ledger.EMPTY);

        assertThat(swept.unattributed()).isTrue();
        assertThat(codes(swept)).containsExactly("recovery_sidecar_unreadable");
        assertThat(swept.done()).isEmpty();
        assertThat(swept.ledger()).isEqualTo(Ledger.EMPTY);
    }

    static Stream<byte[]> unreadable() {
        String readable = Situation.of(List.of("graph_create", "absent", "none"))
                .sidecar()
                .write();
        return Stream.of(
                        "",
                        "not json",
                        readable.replace("\"schema_version\": 1", "\"schema_version\": 2"),
                        readable.replace("graph_create", "graph_rename"),
                        readable.replace("\"kind\"", "\"extra\": 1, \"kind\""),
                        readable.replace("\"graph_id\": \"g\",", ""))
                .map(text -> text.equals(readable) ? new byte[] {(byte) 0xff} : text.getBytes(StandardCharsets.UTF_8));
    }

    /** A record about another place decides nothing here, whatever its kind, and neither does what is no record. */
    @ParameterizedTest
    @CsvSource({
        "GRAPH_CREATE, /elsewhere/graphs/g.omni, g",
        "SCHEMA_APPLY, /elsewhere/graphs/g.omni, g",
        "GRAPH_DELETE, /elsewhere/graphs/g.omni, g",
        "GRAPH_DELETE, /memory/graphs/../g.omni, ../g",
        "GRAPH_DELETE, /memory/graphs/other.omni, g"
    })
    void whatIsAboutAnotherPlaceIsKeptAndDecidesNothing(SidecarKind kind, String uri, String graph) {
        put(
                ControlKeys.sidecar(OPERATION),
                text(Situation.sidecar(kind, graph, uri, Optional.of(APPROVAL)).write()));
        put(ControlKeys.RECOVERIES.child("notes.txt"), text("x"));
        Ledger recorded =
                Situation.of(List.of("graph_create", "absent", "other")).ledger();

        Sweep.Result swept = sweep(recorded);

        assertThat(codes(swept)).containsExactly("recovery_sidecar_foreign");
        assertThat(swept.examined()).extracting(Sweep.Examined::decision).containsExactly(Optional.empty());
        assertThat(swept.interrupted()).isEmpty();
        assertThat(swept.pendingGraphs()).isEmpty();
        assertThat(swept.unattributed()).isFalse();
        assertThat(swept.done()).isEmpty();
        assertThat(swept.ledger()).isEqualTo(recorded);
    }

    /** What the storage does not answer is no observation: the sweep ends, with nothing decided on any record. */
    @ParameterizedTest
    @CsvSource({
        "graph_create absent none, LIST, __cluster/recoveries",
        "graph_create absent none, GET, __cluster/recoveries/01KT0000000000000000000000.json",
        "graph_create absent none, EXISTS, graphs/g.omni",
        "graph_create intended none, GET, graphs/g.omni/_schema.pg",
        "schema_apply absent other, EXISTS, graphs/g.omni",
        "schema_apply intended other, GET, graphs/g.omni/_schema.pg",
        "graph_delete nowhere begun reserved recorded, EXISTS, graphs/g.omni",
        "graph_delete nowhere begun reserved recorded, EXISTS, __control/trash/01KT0000000000000000000000/g.omni",
        "graph_delete nowhere begun reserved recorded, LIST, __control/operations",
        "graph_delete nowhere begun reserved recorded, GET, __cluster/approvals/01KT0000000000000000000007.json",
        "graph_delete nowhere begun reserved recorded, GET, __control/consumed/01KT0000000000000000000007.json"
    })
    void whatIsNotKnownDecidesNothing(String conditions, StoreCall call, String key) {
        Situation situation = Situation.of(Arrays.asList(conditions.split(" ")));
        situation.store(store);
        store.disturb(
                (asked, at) -> asked == call && at.path().equals(key) ? StoreFault.REQUEST_LOST : StoreFault.NONE);

        assertThatThrownBy(() -> sweep(situation.ledger())).isInstanceOf(StorageUnavailableException.class);
    }

    @Test
    void aTableThatForgetsOrRepeatsACombinationIsRefused() {
        List<List<String>> values = List.of(List.of("a", "b"), List.of("c", "d"));

        assertThatThrownBy(() -> new DecisionTable(values, "a | any | 1\nb | c | 1"))
                .hasMessageContaining("nothing is said of [[b, d]]");
        assertThatThrownBy(() -> new DecisionTable(values, "a | any | 1\nany | c / d | 1"))
                .hasMessageContaining("two rows are about [a, c]");
        assertThatThrownBy(() -> new DecisionTable(values, "x | any | 1")).hasMessageContaining("x is none of");
    }

    private Sweep.Result sweep(Ledger ledger) {
        return new Sweep(new ClusterContext(
                        new StorageRoot.Folder(Path.of("/memory")),
                        store,
                        new MemoryGraphEngine(store),
                        () -> NOW,
                        new UlidSource(),
                        duration -> {},
                        FaultPoints.NONE,
                        Runnable::run,
                        new CommandSettings(Duration.ZERO, 4242, false),
                        Presence.ALONE))
                .run(ledger);
    }

    private static String ledgerThen(Ledger before, Ledger after) {
        if (after.equals(before)) {
            return "same";
        }
        ResourceAddress graph = new ResourceAddress.Graph(GRAPH);
        ResourceAddress schema = new ResourceAddress.Schema(GRAPH);
        boolean audited = after.recoveryRecords().containsKey(OPERATION);
        ResourceStatus status = after.statuses().get(graph);
        if (status == null) {
            boolean gone = after.entry(graph).isEmpty() && after.entry(schema).isEmpty();
            return audited && gone ? "removed" : "removed in part";
        }
        assertThat(after.statuses().get(schema)).isEqualTo(status);
        if (status.kind() == ResourceStatus.Kind.APPLIED) {
            boolean moved = after.digestOf(schema).equals(Optional.of(Situation.digest("intended")));
            return audited && moved ? "rolled forward" : "rolled forward in part";
        }
        assertThat(after.resources()).isEqualTo(before.resources());
        return status.kind().wire();
    }

    private static String sidecarThen(Sweep.Result swept) {
        boolean pending = swept.pendingGraphs().contains(GRAPH);
        boolean left = swept.unfinishedDeletes().size() == 1;
        boolean retired = swept.done().size() == 1;
        assertThat(Stream.of(pending, left, retired).filter(held -> held)).hasSize(1);
        return retired ? "retired" : left ? "left" : "kept";
    }

    private static List<String> codes(Sweep.Result swept) {
        return swept.diagnostics().stream()
                .map(Diagnostic::code)
                .map(code -> code.wire())
                .toList();
    }

    private void put(ObjectKey key, byte[] content) {
        store.putIfAbsent(key, content);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
