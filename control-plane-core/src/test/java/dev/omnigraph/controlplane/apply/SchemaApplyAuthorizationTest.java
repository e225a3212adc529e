package dev.omnigraph.controlplane.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.MemoryGraphEngine;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.instance.Presence;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerEntry;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandSettings;
import dev.omnigraph.controlplane.storage.CountingObjectStore;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaApplyAuthorizationTest {

    private static final String GRANT = """
            version: 1
            groups: {leads: [ann], all: [ann, bob]}
            rules:
            - {id: migrate, allow: {actors: {group: leads}, actions: [schema_apply]}}
            - {id: look, allow: {actors: {group: all}, actions: [read]}}
            """;

    private final MemoryObjectStore store = new MemoryObjectStore();
    private final CountingObjectStore counted = new CountingObjectStore(store);
    private final Ledger.Editor ledger = Ledger.EMPTY.edit();

    @ParameterizedTest
    @CsvSource({
        "people, ann, ",
        "people, bob, POLICY_DENIED",
        "people, eve, POLICY_DENIED",
        "people, , ACTOR_REQUIRED",
        "scratch, bob, ",
        "scratch, , "
    })
    void theBundleBoundToTheGraphDecides(String graph, String actor, DiagnosticCode code) {
        applied("base", GRANT, "cluster", "graph.people");

        assertThat(finding(graph, actor).map(Diagnostic::code)).isEqualTo(Optional.ofNullable(code));
    }

    @Test
    void whatIsDeniedIsSaidWithTheRuleThatWasAskedFor() {
        applied("base", GRANT, "graph.people");

        assertThat(finding("people", "bob"))
                .contains(Diagnostic.of(
                        DiagnosticCode.POLICY_DENIED,
                        "schema.people",
                        "the applied policy `base` does not grant the schema change (`schema_apply` on `main`): no rule"
                                + " grants `schema_apply` with the target branch `main` to the actor `bob`; the graph was"
                                + " not touched"));
    }

    @Test
    void everyBundleBoundToTheGraphHasToGrantIt() {
        applied("base", GRANT, "graph.people");
        applied("zero", "version: 1\n", "graph.people");

        assertThat(finding("people", "ann")).get().asString().contains("`zero`");
    }

    /** A server would quarantine the graph; here it only means that its schema stays. */
    @Test
    void whatCannotBeAskedGrantsNothing() {
        applied("base", "version: 1\nrules: [", "graph.people");

        assertThat(finding("people", "ann")).get().asString().contains("POLICY_DENIED", "it is not valid: line 2");
    }

    @Test
    void aCopyThatIsGoneOrAlteredGrantsNothing() {
        ObjectKey copy = applied("base", GRANT, "graph.people");

        GetOutcome.Found found = (GetOutcome.Found) store.get(copy);
        assertThat(store.putIfMatch(
                        copy, bytes(GRANT + "# widened\n"), found.object().tag()))
                .isInstanceOf(PutOutcome.Done.class);
        assertThat(finding("people", "ann")).get().asString().contains("other bytes than the ledger records");

        assertThat(store.delete(copy)).isInstanceOf(DeleteOutcome.Done.class);
        assertThat(finding("people", "ann")).get().asString().contains("is not stored");
    }

    @Test
    void aBundleWhoseBindingsAreNotRecordedMayBeBoundToAnyGraph() {
        ledger.putEntry(new ResourceAddress.Policy("old"), LedgerEntry.of(Sha256.hex(GRANT)));

        assertThat(finding("people", "ann")).get().asString().contains("does not say what the policy is bound to");
        assertThat(finding("people", null).map(Diagnostic::code)).contains(DiagnosticCode.ACTOR_REQUIRED);
    }

    @Test
    void aStoreThatDoesNotAnswerDecidesNothing() {
        ObjectKey copy = applied("base", GRANT, "graph.people");
        store.disturbOnce(StoreCall.GET, copy, StoreFault.REQUEST_LOST);

        assertThatThrownBy(() -> finding("people", "ann"))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageContaining("policy.base");
    }

    @Test
    void enforcementThatIsOffReadsAndRefusesNothing() {
        applied("base", GRANT, "graph.people");
        counted.reset();

        assertThat(authorization(false).ask("people", Optional.empty()))
                .isEqualTo(new SchemaApplyAuthorization.Verdict.Allowed());
        assertThat(counted.calls()).isZero();
    }

    private ObjectKey applied(String name, String bundle, String... bindings) {
        ResourceAddress.Policy policy = new ResourceAddress.Policy(name);
        ObjectKey copy = ControlKeys.blob(policy, Sha256.hex(bundle));
        assertThat(store.putIfAbsent(copy, bytes(bundle))).isInstanceOf(PutOutcome.Done.class);
        ledger.putEntry(policy, LedgerEntry.policy(Sha256.hex(bundle), List.of(bindings)));
        return copy;
    }

    private Optional<Diagnostic> finding(String graph, String actor) {
        return authorization(true).ask(graph, Optional.ofNullable(actor))
                        instanceof SchemaApplyAuthorization.Verdict.Refused refused
                ? Optional.of(refused.finding())
                : Optional.empty();
    }

    private SchemaApplyAuthorization authorization(boolean enforced) {
        return new SchemaApplyAuthorization(
                new ClusterContext(
                        new StorageRoot.Folder(Path.of("/memory")),
                        counted,
                        new MemoryGraphEngine(counted),
                        InstantSource.system(),
                        new UlidSource(),
                        Pause.REAL,
                        FaultPoints.NONE,
                        Runnable::run,
                        new CommandSettings(Duration.ZERO, 4242, enforced),
                        Presence.ALONE),
                ledger.build());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
