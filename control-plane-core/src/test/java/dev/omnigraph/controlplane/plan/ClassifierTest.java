package dev.omnigraph.controlplane.plan;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.language.schema.migration.MigrationPlan;
import dev.omnigraph.controlplane.language.schema.migration.MigrationStep;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerEntry;
import dev.omnigraph.controlplane.testing.DesiredClusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of control-plane.md 8.3. A row has the differences ({@code +} create, {@code ~} update, {@code -} delete), what
 * is known beside them, and the verdict on each difference in turn.
 */
class ClassifierTest {

    private static final DesiredCluster DESIRED = new DesiredClusters()
            .graph("g", "node A { a: String }", "q=query q() {}")
            .graph("h", "node B { b: String }")
            .policy("p", "x", "g")
            .policy("c", "x", "cluster")
            .build();

    static Stream<Arguments> rows() {
        return Stream.of(
                row("+graph.g +schema.g +query.g.q +policy.p", "", "applied applied applied applied"),
                row(
                        "+graph.g +schema.g +query.g.q +policy.p +policy.c",
                        "pending:g",
                        CRP + CRP + CRP + CRP + "applied"),
                row("~graph.g ~schema.g ~query.g.q", "", "derived applied applied"),
                row("~graph.g ~schema.g", "pending:g", "derived " + CRP),
                row("~query.g.q ~policy.p", "pending:g", CRP + CRP),
                row("-query.g.q -policy.p", "pending:g", "applied applied"),
                row("-graph.g -schema.g -query.g.q", "", NEEDS_APPROVAL + NEEDS_APPROVAL + NEEDS_APPROVAL),
                row("-graph.g -schema.g -query.g.q", "approved:g", "applied applied applied"),
                row("-graph.g -schema.g -query.g.q", "approved:g pending:g", CRP + CRP + NEEDS_APPROVAL),
                row("~graph.g -schema.g ~query.g.q", "", UNSUPPORTED + UNSUPPORTED + DEPENDENCY),
                row("~provider.embedding.e", "pending:g", "applied"),
                row("+odd.thing", "", "deferred:apply_unsupported_kind"),
                // A schema that the ledger lost: nothing is pending, so what the graph has decides.
                row("+schema.g ~graph.g +query.g.q", "", CRP + UNSUPPORTED + DEPENDENCY),
                row("+schema.g ~graph.g +query.g.q", "live:g=after", "applied derived applied"),
                // A graph whose root vanished.
                row("~graph.g ~schema.g ~query.g.q ~policy.p", "missing:g", MISSING + MISSING + MISSING + "applied"),
                row("-query.g.q", "missing:g", MISSING),
                // A recovery record that cannot be read may be about any graph, but catalog changes go on.
                row("+graph.g +schema.g +query.g.q +policy.p", "unattributed", CRP + CRP + CRP + CRP),
                row("~query.g.q ~policy.p", "unattributed", "applied applied"),
                row("~schema.g ~query.g.q ~policy.p", "unattributed", CRP + CRP + CRP),
                row("-graph.g -schema.g", "unattributed approved:g", CRP + CRP),
                // A schema change that cannot be carried out takes what depends on it along.
                row(
                        "~schema.g ~query.g.q ~policy.p ~policy.c",
                        "nomigration:g",
                        "blocked:schema_apply_unsupported " + DEPENDENCY + DEPENDENCY + "applied"));
    }

    private static final String CRP = "blocked:cluster_recovery_pending ";
    private static final String NEEDS_APPROVAL = "blocked:approval_required ";
    private static final String UNSUPPORTED = "deferred:apply_unsupported_kind ";
    private static final String DEPENDENCY = "blocked:dependency_not_applied ";
    private static final String MISSING = "blocked:graph_missing ";

    private static Arguments row(String differences, String facts, String verdicts) {
        return Arguments.of(differences, facts, verdicts.trim());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void decides(String differences, String facts, String verdicts) {
        List<Difference> list = Stream.of(differences.split(" "))
                .map(ClassifierTest::difference)
                .toList();
        List<String> found = new ArrayList<>();
        for (Change change : Classifier.classify(list, DESIRED, facts(facts))) {
            found.add(change.disposition().wire()
                    + change.reason().map(reason -> ":" + reason.wire()).orElse(""));
        }
        assertThat(String.join(" ", found)).isEqualTo(verdicts);
    }

    private static Difference difference(String text) {
        ResourceAddress address = ResourceAddress.parse(text.substring(1));
        return switch (text.charAt(0)) {
            case '+' -> Difference.create(address, "after");
            case '~' -> Difference.update(address, "before", "after");
            default -> Difference.delete(address, "before");
        };
    }

    private static final GateFacts APPROVED =
            new GateFacts(new Verdict.Approved("01KT0000000000000000000007"), Map.of(), Optional.empty());

    private static final Migration NO_MIGRATION = Migration.unsupported(new MigrationPlan(
            List.of(new MigrationStep.UnsupportedChange("node:A.p", "types cannot change", Optional.empty()))));

    private static PlanFacts facts(String text) {
        Map<String, Set<String>> graphs = new HashMap<>();
        Map<String, String> live = new HashMap<>();
        boolean unattributed = false;
        for (String fact : List.of(text.split(" ", -1))) {
            if (fact.equals("unattributed")) {
                unattributed = true;
            } else if (fact.startsWith("live:")) {
                live.put(fact.substring(5, fact.indexOf('=')), fact.substring(fact.indexOf('=') + 1));
            } else if (!fact.isEmpty()) {
                graphs.computeIfAbsent(fact.substring(0, fact.indexOf(':')), none -> new HashSet<>())
                        .add(fact.substring(fact.indexOf(':') + 1));
            }
        }
        return new PlanFacts(
                graphs.getOrDefault("pending", Set.of()),
                unattributed,
                graphs.getOrDefault("missing", Set.of()),
                graphs.getOrDefault("approved", Set.of()).stream()
                        .collect(toMap(ResourceAddress.Graph::new, graph -> APPROVED)),
                graphs.getOrDefault("nomigration", Set.of()).stream()
                        .collect(toMap(graph -> graph, graph -> NO_MIGRATION)),
                live);
    }

    @Test
    void aSchemaTheLedgerLostIsChangedFromTheLiveOne() {
        PlanFacts facts = new PlanFacts(Set.of(), false, Set.of(), Map.of(), Map.of(), Map.of("g", "live"));
        Ledger ledger = Ledger.EMPTY
                .edit()
                .putEntry(new ResourceAddress.Graph("g"), LedgerEntry.of("composite"))
                .build();
        Change change = Plan.of(Optional.of(ledger), DESIRED, facts).changes().stream()
                .filter(candidate -> candidate.resource().equals(new ResourceAddress.Schema("g")))
                .findFirst()
                .orElseThrow();
        assertThat(change.operation()).isEqualTo(ChangeOperation.UPDATE);
        assertThat(change.difference().before()).contains("live");
    }
}
