package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.config.DesiredPolicy;
import dev.omnigraph.controlplane.config.PolicyFindings;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.diagnostic.Severity;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerRead;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * How grave it is that a policy cannot be served (improvements.md I18): an error where applying would publish it, a warning
 * where it is applied already, for then nothing gets worse.
 */
final class PolicySeverity {

    private PolicySeverity() {}

    /** Whether the ledger has to be known. */
    static boolean isOpen(List<Diagnostic> findings) {
        return findings.stream().anyMatch(PolicySeverity::isInvalidPolicy);
    }

    /** The severity of each finding, given what is applied; where no ledger can be read nothing is. */
    static UnaryOperator<Diagnostic> against(Optional<DesiredCluster> desired, LedgerRead read) {
        Ledger applied =
                read instanceof LedgerRead.Present present ? present.stored().ledger() : Ledger.EMPTY;
        Set<String> settled = desired.stream()
                .flatMap(cluster -> cluster.policies().values().stream())
                .filter(policy -> isApplied(policy, applied))
                .map(PolicyFindings::placeOf)
                .collect(Collectors.toSet());
        return finding -> isInvalidPolicy(finding) && !settled.contains(finding.path())
                ? finding.withSeverity(Severity.ERROR)
                : finding;
    }

    private static boolean isInvalidPolicy(Diagnostic finding) {
        return finding.code() == DiagnosticCode.POLICY_INVALID;
    }

    private static boolean isApplied(DesiredPolicy policy, Ledger applied) {
        return applied.digestOf(new ResourceAddress.Policy(policy.name()))
                .filter(policy.digest()::equals)
                .isPresent();
    }
}
