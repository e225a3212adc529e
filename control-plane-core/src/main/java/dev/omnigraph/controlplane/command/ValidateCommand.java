package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.ledger.LedgerRead;
import dev.omnigraph.controlplane.ledger.LedgerStore;
import dev.omnigraph.controlplane.session.ClusterContext;
import java.util.List;

/** Says everything that can be said of a configuration before it is applied (control-plane.md 7.2). Takes no lock. */
final class ValidateCommand {

    private final ClusterContext context;

    ValidateCommand(ClusterContext context) {
        this.context = context;
    }

    ValidateOutput run(ConfigLoad load) {
        List<Diagnostic> findings = StorageCheck.ofSources(context, load);
        if (!PolicySeverity.isOpen(findings)) {
            return output(load, findings);
        }
        LedgerRead applied = new LedgerStore(context.store()).read();
        return output(
                load,
                findings.stream()
                        .map(PolicySeverity.against(load.desired(), applied))
                        .toList());
    }

    ValidateOutput runForObserving(ConfigLoad load) {
        return output(load, StorageCheck.ofSources(context, load));
    }

    private static ValidateOutput output(ConfigLoad load, List<Diagnostic> findings) {
        return new ValidateOutput(
                load.configDir(),
                load.configFile(),
                load.desired().map(DesiredCluster::resources).orElse(List.of()),
                load.desired().map(DesiredCluster::dependencies).orElse(List.of()),
                findings);
    }
}
