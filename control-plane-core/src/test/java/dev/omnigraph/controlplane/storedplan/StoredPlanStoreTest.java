package dev.omnigraph.controlplane.storedplan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.desired.ConfigurationName;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.document.DocumentRead;
import dev.omnigraph.controlplane.document.DocumentWrite;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.operation.OperationEnding;
import dev.omnigraph.controlplane.operation.OperationOutcome;
import dev.omnigraph.controlplane.operation.OperationOwner;
import dev.omnigraph.controlplane.operation.OperationProblem;
import dev.omnigraph.controlplane.operation.OperationRecord;
import dev.omnigraph.controlplane.operation.OperationState;
import dev.omnigraph.controlplane.operation.OperationSubmission;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredPlanStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final StoredPlanStore plans = new StoredPlanStore(objects);

    @Test
    void whatIsStoredIsReadAgain() {
        StoredPlan plan = plan(1);
        plans.create(plan);
        DocumentRead.Found<StoredPlan> found = plans.find(plan.id()).orElseThrow();
        assertThat(found.value()).isEqualTo(plan);

        assertThat(plans.take(found, id(9))).isInstanceOf(DocumentWrite.Stored.class);
        assertThat(plans.abandon(found, new StoredPlan.Abandonment(Optional.of("bob"), NOW)))
                .as("it is another by now")
                .isInstanceOf(DocumentWrite.Lost.class);
        DocumentRead.Found<StoredPlan> taken = plans.find(plan.id()).orElseThrow();
        assertThat(taken.value().operations()).containsExactly(id(9));
        plans.abandon(taken, new StoredPlan.Abandonment(Optional.of("bob"), NOW));
        assertThat(plans.find(plan.id()).orElseThrow().value().abandoned())
                .contains(new StoredPlan.Abandonment(Optional.of("bob"), NOW));
    }

    @Test
    void theNewestComeFirstInPages() {
        for (int i = 1; i <= 3; i++) {
            plans.create(plan(i));
        }
        objects.putIfAbsent(new ObjectKey("__control/plans/" + id(0) + ".json"), "{}".getBytes(StandardCharsets.UTF_8));

        StoredPlanStore.Page newest = plans.page(Optional.empty(), 2);
        assertThat(newest.plans()).extracting(StoredPlan::id).containsExactly(id(3), id(2));
        StoredPlanStore.Page rest = plans.page(newest.next(), 2);
        assertThat(rest.plans()).hasSize(1);
        assertThat(rest.unreadable()).containsExactly(id(0));
        assertThat(rest.next()).isEmpty();
        assertThat(plans.remove(id(3))).isEmpty();
        assertThat(plans.ids()).hasSize(3);
    }

    @Test
    void aPlanIsReadyUntilItExpiresOrIsGivenUp() {
        StoredPlan plan = plan(1);

        assertThat(PlanState.of(plan, List.of(), NOW)).isEqualTo(PlanState.READY);
        assertThat(PlanState.of(plan, List.of(), plan.expiresAt())).isEqualTo(PlanState.EXPIRED);
        assertThat(PlanState.of(
                        plan.abandoned(new StoredPlan.Abandonment(Optional.empty(), NOW)), List.of(), plan.expiresAt()))
                .isEqualTo(PlanState.ABANDONED);
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, CONVERGED, APPLIED",
        "SUCCEEDED, PARTIALLY_CONVERGED, APPLIED",
        "FAILED, RECOVERY_REQUIRED, APPLIED",
        "SUCCEEDED, BLOCKED, READY",
        "FAILED, REFUSED, READY",
        "FAILED, FAILED, READY",
        "CANCELLED, CANCELLED, READY",
        "INTERRUPTED, INTERRUPTED, READY"
    })
    void whatMovedSomethingHasCarriedItOut(OperationState state, OperationOutcome outcome, PlanState expected) {
        OperationRecord operation = OperationRecord.queued(new OperationSubmission(
                        id(9),
                        "apply",
                        Optional.empty(),
                        new OperationOwner("node-a", "node-a.local", NOW),
                        NOW,
                        Optional.empty(),
                        Optional.empty()))
                .started(NOW)
                .ended(
                        NOW,
                        new OperationEnding(
                                state,
                                outcome,
                                Optional.empty(),
                                Optional.of(OperationProblem.of(DiagnosticCode.INTERNAL_ERROR, "a test says so")),
                                Optional.empty()));

        assertThat(PlanState.of(plan(1), List.of(operation), NOW)).isEqualTo(expected);
    }

    private static String id(int number) {
        return "01KT" + String.format("%022d", number);
    }

    private static StoredPlan plan(int number) {
        return new StoredPlan(
                id(number),
                new ConfigurationName(Sha256.hex("configuration")),
                Sha256.hex("plan"),
                "sha256:" + Sha256.hex("ledger"),
                JsonObject.builder().put("ok", true).build(),
                "No changes.\n",
                Optional.of("alice"),
                NOW,
                NOW.plus(Duration.ofDays(7)),
                Optional.empty(),
                List.of());
    }
}
