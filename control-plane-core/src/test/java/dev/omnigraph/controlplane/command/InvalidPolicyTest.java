package dev.omnigraph.controlplane.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.apply.ApplyRequest;
import dev.omnigraph.controlplane.config.BundleConfigSource;
import dev.omnigraph.controlplane.config.ClusterConfigLoader;
import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.config.FileContent;
import dev.omnigraph.controlplane.config.LoadOptions;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.diagnostic.Severity;
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
import dev.omnigraph.controlplane.ledger.LedgerStore;
import dev.omnigraph.controlplane.ledger.LedgerWrite;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandSettings;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.CountingObjectStore;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How grave a policy is that cannot be served, command by command (improvements.md I18). */
class InvalidPolicyTest {

    private static final String INVALID = "version: 1\nrules: none\n";
    private static final String VALID = "version: 1\n";
    private static final ResourceAddress.Policy POLICY = new ResourceAddress.Policy("base");

    private final MemoryObjectStore store = new MemoryObjectStore();
    private final CountingObjectStore counted = new CountingObjectStore(store);
    private final ClusterService service = new ClusterService(new ClusterContext(
            new StorageRoot.Folder(Path.of("/memory")),
            counted,
            new MemoryGraphEngine(counted),
            InstantSource.system(),
            new UlidSource(),
            Pause.REAL,
            FaultPoints.NONE,
            Runnable::run,
            new CommandSettings(Duration.ZERO, 4242, true),
            Presence.ALONE));

    /** What the ledger has of the policy when the command runs with the invalid one. */
    private enum Applied {
        NO_LEDGER,
        UNREADABLE_LEDGER,
        NOTHING,
        OTHER_BYTES,
        SAME_BYTES
    }

    @ParameterizedTest
    @CsvSource({
        "validate, NO_LEDGER,         ERROR",
        "validate, UNREADABLE_LEDGER, ERROR",
        "validate, NOTHING,           ERROR",
        "validate, OTHER_BYTES,       ERROR",
        "validate, SAME_BYTES,        WARNING",
        "plan,     NO_LEDGER,         ERROR",
        "plan,     NOTHING,           ERROR",
        "plan,     OTHER_BYTES,       ERROR",
        "plan,     SAME_BYTES,        WARNING",
        "apply,    NO_LEDGER,         ERROR",
        "apply,    UNREADABLE_LEDGER, ERROR",
        "apply,    NOTHING,           ERROR",
        "apply,    OTHER_BYTES,       ERROR",
        "apply,    SAME_BYTES,        WARNING",
        "refresh,  OTHER_BYTES,       WARNING",
        "refresh,  SAME_BYTES,        WARNING",
        "import,   NO_LEDGER,         WARNING"
    })
    void isAnErrorWhereApplyingWouldPublishIt(String command, Applied applied, Severity severity) {
        put(applied);

        CommandOutput output = run(command);

        assertThat(output.diagnostics())
                .filteredOn(finding -> finding.code() == DiagnosticCode.POLICY_INVALID)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(severity);
                    assertThat(finding.path()).isEqualTo("policies.base.file");
                });
        assertThat(output.ok()).isEqualTo(severity == Severity.WARNING);
    }

    @Test
    void nothingIsAppliedAndTheLockIsFreeAgain() {
        put(Applied.NOTHING);
        Optional<String> before = stored();

        ApplyOutput output = (ApplyOutput) run("apply");

        assertThat(output.result().changes()).isEmpty();
        assertThat(output.result().stateWritten()).isFalse();
        assertThat(stored()).isEqualTo(before);
        assertThat(store.get(ControlKeys.LOCK)).isInstanceOf(GetOutcome.Absent.class);
    }

    @Test
    void aPlanWithItShowsNoChanges() {
        put(Applied.OTHER_BYTES);

        assertThat(((PlanOutput) run("plan")).plan()).isEmpty();
    }

    @Test
    void aStoreThatDoesNotAnswerIsWhatAnApplyTells() {
        put(Applied.SAME_BYTES);
        store.disturbOnce(StoreCall.GET, ControlKeys.STATE, StoreFault.REQUEST_LOST);

        assertThat(run("apply").diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly(DiagnosticCode.POLICY_INVALID, DiagnosticCode.STORAGE_UNAVAILABLE);
    }

    @Test
    void policiesThatAreValidCostValidateNoLookAtTheStore() {
        put(Applied.SAME_BYTES);
        counted.reset();

        assertThat(service.validate(load(VALID)).diagnostics()).isEmpty();
        assertThat(counted.calls()).isZero();
    }

    private void put(Applied applied) {
        switch (applied) {
            case NO_LEDGER -> {}
            case UNREADABLE_LEDGER ->
                assertThat(store.putIfAbsent(ControlKeys.STATE, "{".getBytes(StandardCharsets.UTF_8)))
                        .isInstanceOf(PutOutcome.Done.class);
            case NOTHING -> write(Ledger.EMPTY);
            case OTHER_BYTES -> write(ledgerWith(VALID));
            case SAME_BYTES -> write(ledgerWith(INVALID));
        }
    }

    private static Ledger ledgerWith(String policy) {
        return Ledger.EMPTY
                .edit()
                .putEntry(POLICY, LedgerEntry.policy(Sha256.hex(policy), List.of("cluster")))
                .build();
    }

    private void write(Ledger ledger) {
        assertThat(new LedgerStore(store).create(ledger)).isInstanceOf(LedgerWrite.Written.class);
    }

    private Optional<String> stored() {
        return ((GetOutcome.Found) store.get(ControlKeys.STATE)).object().text();
    }

    private CommandOutput run(String command) {
        return switch (command) {
            case "validate" -> service.validate(load(INVALID));
            case "plan" -> service.plan(load(INVALID));
            case "apply" -> service.apply(load(INVALID), ApplyRequest.by(Optional.of("alice")), RunListener.NONE);
            case "refresh" -> service.refresh(load(INVALID), Set.of(), RunListener.NONE);
            case "import" -> service.importLedger(load(INVALID), RunListener.NONE);
            default -> throw new IllegalArgumentException(command);
        };
    }

    private static ConfigLoad load(String policy) {
        return ClusterConfigLoader.load(
                new BundleConfigSource(
                        "/config",
                        Map.of(
                                "cluster.yaml",
                                content("version: 1\npolicies:\n  base: {file: base.yaml, applies_to: [cluster]}\n"),
                                "base.yaml",
                                content(policy))),
                LoadOptions.CONFINED);
    }

    private static FileContent content(String text) {
        return FileContent.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
